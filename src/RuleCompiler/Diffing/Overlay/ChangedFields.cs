using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing.Overlay;

/// <summary>The dimensions that rules may change.</summary>
internal static class ChangedFields
{
    /// <summary>Adds what a chain, and all that it calls, may change.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="changed">By dimension.</param>
    public static void Add(SpaceRuleset rules, SpaceChain chain, bool[] changed)
    {
        var work = new Stack<SpaceChain>([chain]);
        var seen = new HashSet<int> { chain.Symbol.Index };
        while (work.TryPop(out var current))
        {
            var actions = new HashSet<int>();
            foreach (ref readonly var row in current.Rows.AsSpan())
            {
                if (row.Kind is ActionKind.Jump or ActionKind.Goto)
                {
                    if (seen.Add(row.Target))
                    {
                        work.Push(rules.Chains[row.Target]);
                    }
                }
                else if (row.Kind != ActionKind.Return && actions.Add(row.Target))
                {
                    Add(rules.Layout, rules.Compiled.Actions[row.Target], changed);
                }
            }
        }
    }

    private static void Add(SpaceLayout layout, RuleAction action, bool[] changed)
    {
        if (action.Kind is ActionKind.Redirect or ActionKind.Dnat or ActionKind.Snat or ActionKind.Masquerade or ActionKind.Netmap)
        {
            Mark(layout, changed, IsOfAddresses);
        }
        Add(layout, action.Effect, changed);
    }

    private static void Add(SpaceLayout layout, Effect? effect, bool[] changed)
    {
        switch (effect)
        {
            case Effect.SetMark or Effect.SetConnectionMark or Effect.SaveMark or Effect.RestoreMark or Effect.ShiftMark or Effect.HashMark or Effect.ProxyTo
                or Effect.ChangeSet { MapsMark: true }:
                Mark(layout, changed, field => field is PacketField.Mark or PacketField.ConnectionMark);
                break;
            case Effect.SetTos:
                Mark(layout, changed, field => field == PacketField.Tos);
                break;
            case Effect.ChangeTcp tcp:
                Mark(layout, changed, tcp.Changes);
                break;
            case Effect.SetTtl:
                Mark(layout, changed, field => field == PacketField.Ttl);
                break;
            case Effect.Untrack or Effect.SetZone or Effect.PrepareTracking:
                Mark(layout, changed, field => field is >= PacketField.ConnectionMark and <= PacketField.ConntrackZone);
                break;
            case Effect.MapPrefix:
                Mark(layout, changed, IsOfAddresses);
                break;
            case Effect.Several several:
                foreach (var part in several.Effects)
                {
                    Add(layout, part, changed);
                }
                break;
            default:
                break;
        }
    }

    private static bool IsOfAddresses(PacketField field) => field is PacketField.Source or PacketField.Destination
        or PacketField.SourcePort or PacketField.DestinationPort or PacketField.ReceivingSocket or PacketField.ConntrackStatus
        or (>= PacketField.ReplySource and <= PacketField.ReplyDestinationPort)
        or (>= PacketField.SourceAddressType and <= PacketField.DestinationAddressTypeOnOut);

    private static void Mark(SpaceLayout layout, bool[] changed, Func<PacketField, bool> isChanged)
    {
        foreach (var dimension in layout.Dimensions)
        {
            changed[dimension.Index] |= isChanged(dimension.Field);
        }
    }
}
