using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Decides whether packets are treated otherwise once a rule is gone.</summary>
/// <remarks>From the rule on, the packets are carried both ways; stateful unknowns of both are the same ones. Serves one thread.</remarks>
internal sealed class RemovalProver(SpaceRuleset rules, CellWalker[] walkers, CellWalker[] withoutWalkers)
{
    private readonly OutcomeComparer _comparer = new(rules.Layout, countsLogs: true, countsIdleRewrites: false);
    private readonly sbyte[] _idle = new sbyte[rules.Chains.Length * NetfilterNames.Hooks.Length];

    /// <summary>Whether some of the packets of a cell that stands at the rule, matching it, are.</summary>
    /// <param name="hook">The hook.</param>
    /// <param name="cell">The cell.</param>
    /// <param name="chain">The rule's chain.</param>
    /// <param name="rule">1-based.</param>
    /// <param name="deciders">Takes the rules that decide without it.</param>
    public bool IsNeededFor(Hook hook, Cell cell, SpaceChain chain, int rule, ISet<RuleKey>? deciders = null) =>
        IsNeededFor(hook, cell, chain, rule, isLocal: false, deciders);

    /// <summary>Whether the rule's own chain shows that it is superfluous, whatever calls it.</summary>
    /// <returns>What decides in its place; null where the chain does not show it.</returns>
    public ImmutableArray<RuleKey>? IsIdleLocally(
        SpaceChain chain, int rule, ImmutableArray<Hook> hooks, TargetBoxes boxes)
    {
        var deciders = new HashSet<RuleKey>();
        var first = chain.FindRule(rule);
        foreach (var hook in hooks)
        {
            foreach (var box in boxes.OfRule(hook, chain, rule))
            {
                var walker = walkers[(int)hook];
                walker.Clear();
                walker.IsLocal = true;
                walker.EnterChain(chain, box);
                foreach (var piece in walker.TakeAll().SelectMany(cell => walker.Matching(cell, chain, rule)).ToList())
                {
                    (piece.Rows, piece.Next) = (null, first);
                    if (IsNeededFor(hook, piece, chain, rule, isLocal: true, deciders))
                    {
                        return null;
                    }
                }
            }
        }
        return [.. deciders.OrderBy(key => (key.Chain, key.Rule))];
    }

    /// <summary>Whether a chain gives every packet back as it came.</summary>
    public bool IsIdle(SpaceChain chain, ImmutableArray<Hook> hooks, EntrySpace entries)
    {
        foreach (var hook in hooks)
        {
            ref var known = ref _idle[(chain.Symbol.Index * NetfilterNames.Hooks.Length) + (int)hook];
            if (known == 0)
            {
                known = (sbyte)(chain.Rows.Length == 0 || entries.At(hook).All(box => IsIdle(chain, hook, box)) ? 1 : -1);
            }
            if (known < 0)
            {
                return false;
            }
        }
        return true;
    }

    private bool IsIdle(SpaceChain chain, Hook hook, ulong[] box)
    {
        var walker = walkers[(int)hook];
        walker.Clear();
        walker.IsLocal = true;
        walker.EnterChain(chain, box);
        while (walker.MoveNext() is { } cell)
        {
            if (cell.Verdict != CellVerdict.Return || cell.Changes is not null || cell.Deeds is not null
                || cell.Tracking is TrackingPhase.Prepared or TrackingPhase.Untracked)
            {
                return false;
            }
        }
        return true;
    }

    private bool IsNeededFor(Hook hook, Cell cell, SpaceChain chain, int rule, bool isLocal, ISet<RuleKey>? deciders)
    {
        var with = walkers[(int)hook];
        with.Clear();
        with.IsLocal = isLocal;
        ref readonly var row = ref chain.Rows[chain.FindRule(rule)];
        with.Act(cell.Clone(), chain, row);
        while (with.MoveNext() is { } one)
        {
            var without = withoutWalkers[(int)hook];
            without.Clear();
            without.IsLocal = isLocal;
            without.Skipped = new RuleKey(chain.Symbol.Index, rule);
            var other = cell.With([.. one.Box]);
            other.Given = one.Assumed;
            without.Push(other);
            while (without.MoveNext() is { } another)
            {
                if (_comparer.Compare(one, another) != OutcomeComparison.Same)
                {
                    return true;
                }
                if (another.DecidingChain is { } decider)
                {
                    deciders?.Add(new RuleKey(decider.Index, another.DecidingRule));
                }
            }
        }
        return false;
    }
}
