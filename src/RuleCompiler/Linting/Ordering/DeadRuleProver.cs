using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Says why no packet gets to a rule, and what the packets that it names lose by that.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class DeadRuleProver(
    SpaceRuleset rules,
    CallGraph calls,
    TargetBoxes boxes,
    EntrySpace entries,
    ArrivalFinder arrivals,
    ListProver lists,
    RemovalProver removal,
    ShadowProver shadow,
    CoverFinder cover)
{
    /// <summary>Why no packet gets to a rule.</summary>
    /// <param name="chain">Its chain.</param>
    /// <param name="key">The rule.</param>
    /// <param name="isLocal">Whether rules of the chain, and those that it calls, keep all packets away.</param>
    /// <param name="isCovered">Whether rules of the chain alone do.</param>
    public RuleFacts Explain(SpaceChain chain, RuleKey key, bool isLocal, bool isCovered)
    {
        var hooks = calls.HooksOf(key.Chain);
        var first = chain.FindRule(key.Rule);
        if (!hooks.Any(hook => entries.At(hook).Any(box => boxes.MeetsRule(box, chain, key.Rule, ignoresConnection: true))))
        {
            return new RuleFacts(IsInterfaceWrong(chain, key.Rule, hooks) ? RuleStanding.WrongInterface : RuleStanding.Shadowed)
            {
                IsSomeAlike = true,
                IsForFragments = boxes.IsForFragments(chain, key.Rule),
            };
        }
        if (chain.Symbol.Table == TableKind.Nat && shadow.IsForOtherStates(chain, first))
        {
            return new RuleFacts(RuleStanding.StateNeverSeen);
        }
        if (!isLocal && chain.Symbol.Table == TableKind.Nat && IsHitWith(walker => walker.IsWithoutUntrack = true))
        {
            return new RuleFacts(RuleStanding.Untracked) { Because = cover.Untracking() };
        }
        if (!isLocal && chain.Symbol.Table is TableKind.Filter or TableKind.Security or TableKind.Mangle && IsHitWith(walker => walker.IsWithoutNat = true))
        {
            return new RuleFacts(RuleStanding.AfterRewrite);
        }
        var ways = arrivals.Ways(chain, key).ToList();
        var facts = CompareInList(chain, key, hooks, ways) ?? shadow.Compare(chain, key, ways);
        return facts with
        {
            Because = isLocal && isCovered
                ? lists.FindCover(chain, key.Rule, [.. ways.SelectMany(way => way.Boxes)])
                : cover.Find(chain, key, hooks, isLocal, ways, boxes, facts),
        };

        bool IsHitWith(Action<CellWalker> wish) => arrivals.Hits(chain, key, wish).Any();
    }

    /// <summary>The same comparison, made only with some packets of each rule that takes any; null where that may not be enough.</summary>
    private RuleFacts? CompareInList(
        SpaceChain chain, RuleKey key, ImmutableArray<Hook> hooks, List<(Hook Hook, List<ulong[]> Boxes)> ways)
    {
        var facts = new RuleFacts(RuleStanding.Shadowed);
        var isOpen = false;
        var areSomeOthers = false;
        foreach (var (hook, limited) in ways)
        {
            foreach (var box in limited)
            {
                var isSettled = lists.FindTaken(
                    chain,
                    key.Rule,
                    box,
                    callee => removal.IsIdle(callee, hooks, entries),
                    IsWanted,
                    piece => Add(hook, piece));
                if (!isSettled || isOpen)
                {
                    return null;
                }
            }
        }
        // Rules that say something else may come to the same further on: of these, some packets are not all.
        return facts.IsSomeAlike && (facts.IsSomeDifferent || !areSomeOthers) ? facts : null;

        bool IsWanted(bool isAlike)
        {
            areSomeOthers |= !isAlike;
            return isAlike ? !facts.IsSomeAlike : !facts.IsSomeDifferent;
        }

        void Add(Hook hook, ulong[] piece)
        {
            var one = shadow.Compare(chain, key, [(hook, [piece])]);
            isOpen |= one.IsEmpty; // what calls the chain lets other packets in
            facts = facts.IsSomeDifferent ? facts with { IsSomeAlike = facts.IsSomeAlike || one.IsSomeAlike }
                : one with { IsSomeAlike = facts.IsSomeAlike || one.IsSomeAlike };
        }
    }

    /// <summary>Whether it is the interfaces that its hooks never have.</summary>
    private bool IsInterfaceWrong(SpaceChain chain, int rule, ImmutableArray<Hook> hooks)
    {
        var input = rules.Layout[Packets.PacketField.InInterface].Index;
        var output = rules.Layout[Packets.PacketField.OutInterface].Index;
        return hooks.Any(hook => entries.At(hook).Any(box =>
        {
            ulong[] free = [.. box];
            free[input] = rules.Layout.Full[input];
            free[output] = rules.Layout.Full[output];
            return boxes.MeetsRule(free, chain, rule, ignoresConnection: true);
        }));
    }
}
