using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Finds which rules keep all packets from a rule: a single one where one does, else as few as can be, none of them superfluous.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class CoverFinder(SpaceRuleset rules, CellWalker[] walkers)
{
    private const int MaxTried = 64;

    /// <param name="chain">The rule's chain.</param>
    /// <param name="key">The rule.</param>
    /// <param name="hooks">The hooks that the chain is reached from.</param>
    /// <param name="isLocal">Whether rules of the chain, and those it calls, are enough.</param>
    /// <param name="ways">The boxes of entering packets that lead to the rule.</param>
    /// <param name="entries">All entering packets.</param>
    /// <param name="boxes">Limits them to the rule's.</param>
    /// <param name="shadow">What is known of the rule.</param>
    public ImmutableArray<RuleKey> Find(
        SpaceChain chain,
        RuleKey key,
        ImmutableArray<Hook> hooks,
        bool isLocal,
        IReadOnlyList<(Hook Hook, List<ulong[]> Boxes)> ways,
        EntrySpace entries,
        TargetBoxes boxes,
        RuleFacts shadow)
    {
        var spaces = isLocal
            ? [.. hooks.Select(hook => (hook, boxes.Limit([.. entries.At(hook)], hook, chain, key.Rule, chain.Symbol.Table)))]
            : ways;
        var takers = new List<RuleKey>();
        Holds(chain, key, isLocal, spaces, null, takers);
        takers = [.. takers.Where(taker => taker.Rule != 0)];
        foreach (var taker in takers.Take(MaxTried))
        {
            if (Holds(chain, key, isLocal, spaces, new HashSet<RuleKey> { taker }, null))
            {
                return [taker];
            }
        }
        var kept = takers.ToHashSet();
        if (!Holds(chain, key, isLocal, spaces, kept, null))
        {
            return [.. takers];
        }
        // The rule that treats the witness otherwise stays in as long as it can: it is tried last.
        var decider = shadow.Witness is { DecidingChain: { } decidingChain } witness
            ? new RuleKey(decidingChain.Index, witness.DecidingRule) : default;
        foreach (var taker in takers.AsEnumerable().Reverse().OrderBy(taker => taker == decider ? 1 : 0).Take(MaxTried))
        {
            kept.Remove(taker);
            if (!Holds(chain, key, isLocal, spaces, kept, null))
            {
                kept.Add(taker);
            }
        }
        return [.. takers.Where(kept.Contains)];
    }

    /// <summary>The rules of raw that take packets out of tracking.</summary>
    public ImmutableArray<RuleKey> Untracking() =>
    [
        .. rules.Chains.SelectMany(chain => chain.Rows.Where(row => row.Kind == ActionKind.Notrack)
            .Select(row => new RuleKey(chain.Symbol.Index, row.RuleNumber))).Distinct(),
    ];

    /// <summary>Whether no packet gets to the rule where only some rules may decide.</summary>
    private bool Holds(
        SpaceChain chain,
        RuleKey key,
        bool isLocal,
        IReadOnlyList<(Hook Hook, List<ulong[]> Boxes)> spaces,
        IReadOnlySet<RuleKey>? takers,
        List<RuleKey>? found)
    {
        foreach (var (hook, boxes) in spaces)
        {
            var walker = walkers[(int)hook];
            foreach (var box in boxes)
            {
                walker.Clear();
                walker.Target = key;
                walker.Takers = takers;
                walker.IsLocal = isLocal;
                if (isLocal)
                {
                    walker.EnterChain(chain, (ulong[])box.Clone());
                }
                else
                {
                    walker.Enter((ulong[])box.Clone());
                }
                while (walker.MoveNext() is { } cell)
                {
                    if (cell.Chain is not null)
                    {
                        return false;
                    }
                    if (found is not null && cell.DecidingChain is { } decider
                        && new RuleKey(decider.Index, cell.DecidingRule) is var taker && !found.Contains(taker) && IsTaker(cell, taker, chain, key, isLocal))
                    {
                        found.Add(taker);
                    }
                }
            }
        }
        return true;
    }

    /// <summary>Packets that do not satisfy the rule's options end too, behind its place: what ends them takes nothing from it.</summary>
    private static bool IsTaker(Cell cell, RuleKey taker, SpaceChain chain, RuleKey key, bool isLocal) =>
        !isLocal || taker.Chain != chain.Symbol.Index || taker.Rule < key.Rule;
}
