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
    /// <param name="boxes">Limits them to the rule's.</param>
    /// <param name="shadow">What is known of the rule.</param>
    public ImmutableArray<RuleKey> Find(
        SpaceChain chain,
        RuleKey key,
        ImmutableArray<Hook> hooks,
        bool isLocal,
        IReadOnlyList<(Hook Hook, List<ulong[]> Boxes)> ways,
        TargetBoxes boxes,
        RuleFacts shadow)
    {
        var spaces = isLocal
            ? [.. hooks.Select(hook => (hook, boxes.OfRule(hook, chain, key.Rule)))]
            : ways;
        if (Holds([], null))
        {
            return []; // those that call the chain let none through
        }
        var met = new HashSet<RuleKey>();
        Holds(null, met);
        // What stands behind the rule takes nothing from it.
        var candidates = met.Where(one => one.Chain != key.Chain || one.Rule < key.Rule)
            .OrderBy(one => (one.Chain == key.Chain ? 0 : 1, one.Chain, one.Rule)).ToList();
        foreach (var single in candidates.Take(MaxTried))
        {
            if (Holds([single], null))
            {
                return [single];
            }
        }
        var kept = candidates.ToHashSet();
        if (!Holds(kept, null))
        {
            return [.. met.OrderBy(one => (one.Chain, one.Rule))];
        }
        // The rule that treats the witness otherwise stays in as long as it can: it is tried last.
        var decider = shadow.Witness is { DecidingChain: { } decidingChain } witness
            ? new RuleKey(decidingChain.Index, witness.DecidingRule) : default;
        foreach (var one in candidates.AsEnumerable().Reverse().OrderBy(one => one == decider ? 1 : 0).Take(MaxTried))
        {
            kept.Remove(one);
            if (!Holds(kept, null))
            {
                kept.Add(one);
            }
        }
        return [.. candidates.Where(kept.Contains)];

        bool Holds(HashSet<RuleKey>? actors, HashSet<RuleKey>? met) => this.Holds(chain, key, isLocal, spaces, actors, met);
    }

    /// <summary>The rules of raw that take packets out of tracking.</summary>
    public ImmutableArray<RuleKey> Untracking() =>
    [
        .. rules.Chains.SelectMany(chain => chain.Rows.Where(row => row.Kind == ActionKind.Notrack)
            .Select(row => new RuleKey(chain.Symbol.Index, row.RuleNumber))).Distinct(),
    ];

    /// <summary>Whether no packet gets to the rule where only some rules do anything.</summary>
    private bool Holds(
        SpaceChain chain,
        RuleKey key,
        bool isLocal,
        IReadOnlyList<(Hook Hook, List<ulong[]> Boxes)> spaces,
        IReadOnlySet<RuleKey>? actors,
        HashSet<RuleKey>? met)
    {
        foreach (var (hook, boxes) in spaces)
        {
            var walker = walkers[(int)hook];
            foreach (var box in boxes)
            {
                walker.Clear();
                walker.Target = key;
                walker.Actors = actors;
                walker.Acting = met is null ? null : (_, rule) => met.Add(rule);
                walker.IsLocal = isLocal;
                if (isLocal)
                {
                    walker.EnterChain(chain, box);
                }
                else
                {
                    walker.Enter(box);
                }
                while (walker.MoveNext() is { } cell)
                {
                    if (cell.Chain is not null)
                    {
                        return false;
                    }
                }
            }
        }
        return true;
    }
}
