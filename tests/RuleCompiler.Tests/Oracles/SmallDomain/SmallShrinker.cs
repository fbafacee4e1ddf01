namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Makes dumps that fail a test small enough to be read.</summary>
internal static class SmallShrinker
{
    /// <summary>A dump that still fails, and of which nothing more can be left out.</summary>
    public static SmallDump Shrink(SmallDump dump, Func<SmallDump, bool> fails)
    {
        while (Smaller(dump).FirstOrDefault(fails) is { } smaller)
        {
            dump = smaller;
        }
        return dump;
    }

    /// <summary>Both sides of a pair in turn.</summary>
    public static (SmallDump Old, SmallDump New) Shrink(SmallDump old, SmallDump @new, Func<SmallDump, SmallDump, bool> fails)
    {
        while (true)
        {
            var (before, other) = (old, @new);
            old = Shrink(old, candidate => fails(candidate, other));
            var kept = old;
            @new = Shrink(@new, candidate => fails(kept, candidate));
            if (ReferenceEquals(before, old) && ReferenceEquals(other, @new))
            {
                return (old, @new);
            }
        }
    }

    private static IEnumerable<SmallDump> Smaller(SmallDump dump)
    {
        foreach (var table in dump.Chains.Select(chain => chain.Table).Distinct())
        {
            if (dump.Chains.Any(chain => chain.Table != table))
            {
                yield return dump with { Chains = [.. dump.Chains.Where(chain => chain.Table != table)] };
            }
        }
        foreach (var unused in dump.Chains.Where(chain => chain.Hook is null && !IsCalled(dump, chain)))
        {
            yield return dump with { Chains = [.. dump.Chains.Where(chain => chain.Place != unused.Place)] };
        }
        foreach (var chain in dump.Chains)
        {
            foreach (var rule in chain.Rules)
            {
                yield return dump.With(chain, chain.Rules.Remove(rule));
            }
        }
        foreach (var chain in dump.Chains)
        {
            foreach (var rule in chain.Rules)
            {
                foreach (var test in rule.Tests.Where(test => !NamesProtocol(test)))
                {
                    yield return dump.With(chain, chain.Rules.Replace(rule, new SmallRule(rule.Tests.Remove(test), rule.Target)));
                }
            }
        }
    }

    /// <summary>What other tests and the target may need.</summary>
    private static bool NamesProtocol(SmallTest test) => test.Text.StartsWith("-p ", StringComparison.Ordinal);

    private static bool IsCalled(SmallDump dump, SmallChain callee) => dump.Chains.Any(
        chain => chain.Table == callee.Table && chain.Rules.Any(rule => rule.Target.Callee == callee.Name));
}
