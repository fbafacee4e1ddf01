using RuleCompiler.DecisionTables;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Tells in which chains a packet is the same in front of each rule, so that the rules' boxes speak of the same thing.</summary>
internal static class StableChains
{
    /// <summary>By chain index: whether nothing in the chain, or in those it leads to, changes a packet that then comes to a later rule.</summary>
    public static bool[] Find(SpaceRuleset rules, CallGraph calls)
    {
        var isStable = new bool[rules.Chains.Length];
        Array.Fill(isStable, true);
        var work = new Stack<int>();
        foreach (var chain in rules.Chains)
        {
            foreach (ref readonly var row in chain.Rows.AsSpan())
            {
                if (ChangesPackets(rules, row))
                {
                    Mark(chain.Symbol.Index);
                }
            }
        }
        while (work.TryPop(out var chain))
        {
            foreach (var caller in calls.CallersOf(chain))
            {
                Mark(caller.Chain);
            }
        }
        return isStable;

        void Mark(int chain)
        {
            if (isStable[chain])
            {
                isStable[chain] = false;
                work.Push(chain);
            }
        }
    }

    private static bool ChangesPackets(SpaceRuleset rules, in SpaceRow row) => row.Kind is ActionKind.Notrack or ActionKind.Tproxy
        || (row.Kind == ActionKind.Continue && rules.Compiled.Actions[row.Target].Effect is not (null or Effect.Log or Effect.Other));
}
