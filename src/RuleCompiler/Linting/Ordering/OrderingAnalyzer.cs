using System.Collections.Immutable;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>An analyzer that reads, rule by rule, what is proven of it.</summary>
internal abstract class OrderingAnalyzer : LintAnalyzer
{
    public sealed override bool NeedsOrdering => true;

    public sealed override IEnumerable<Finding> Analyze(LintContext context)
    {
        var facts = context.Ordering;
        var pieces = facts.Pieces;
        var found = new List<Finding>?[pieces.Length];
        var options = new ParallelOptions { CancellationToken = context.Cancellation, MaxDegreeOfParallelism = context.Options.Parallelism };
        Parallel.For(0, pieces.Length, options, piece =>
        {
            foreach (var key in pieces[piece].Rules(context.Ruleset))
            {
                var rule = new RuleSymbol(context.Ruleset.Chains[key.Chain].Symbol, key.Rule);
                if (Find(context, rule, facts[rule]) is { } finding)
                {
                    (found[piece] ??= []).Add(finding);
                }
            }
        });
        return found.OfType<List<Finding>>().SelectMany(findings => findings);
    }

    /// <summary>The finding about a rule; null where there is none. Asked from several threads.</summary>
    protected abstract Finding? Find(LintContext context, RuleSymbol rule, RuleFacts facts);

    /// <summary>Rules and policies as causes.</summary>
    protected static ImmutableArray<Cause> Causes(LintContext context, ImmutableArray<RuleKey> rules, string label) =>
    [
        .. rules.Select(key => context.Ruleset.Chains[key.Chain].Symbol is var chain && key.Rule == 0
            ? context.CauseAt(chain, chain.Hook is null ? "the chain ends" : "the policy decides")
            : context.CauseAt(new RuleSymbol(chain, key.Rule), label)),
    ];

    /// <summary>A rule as messages name it: its number, with its chain where that is another.</summary>
    protected static string NameOf(LintContext context, RuleKey key, ChainSymbol here) =>
        context.Ruleset.Chains[key.Chain].Symbol is var chain && key.Rule == 0 ? (chain.Hook is null ? $"the end of {chain.Name}" : $"the policy of {chain.Name}")
        : ReferenceEquals(chain, here) ? $"rule {key.Rule}"
        : $"rule {key.Rule} of {chain.Name}";

    /// <summary>Rules in a sentence: 'rule 1', 'rules 1 and 3', 'rules 1, 3 and 9 more'.</summary>
    protected static string NamesOf(LintContext context, ImmutableArray<RuleKey> keys, ChainSymbol here)
    {
        var names = keys.Select(key => NameOf(context, key, here)).ToList();
        return names.Count switch
        {
            0 => "nothing",
            1 => names[0],
            <= 3 => $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}",
            _ => $"{names[0]}, {names[1]} and {names.Count - 2} more",
        };
    }
}
