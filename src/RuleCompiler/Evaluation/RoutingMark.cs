using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>The mark that routing decides by: where the host's policy rules ask for bits that are not known, one outcome is assumed.</summary>
internal sealed class RoutingMark(PacketState state, Unknowns unknowns)
{
    private const int MarkBits = 32;

    /// <summary>The packet's mark now; one with what was assumed, where it is known in part only.</summary>
    /// <remarks>Only a rule that would lead the packet somewhere is asked, and none behind one that does.</remarks>
    /// <param name="destination">Where the packet goes.</param>
    /// <param name="outInterface">An interface forced from outside.</param>
    public uint Choose(IpAddress destination, string? outInterface)
    {
        if (state.Mark.Mask == uint.MaxValue)
        {
            return state.Mark.Value;
        }
        var rules = state.Host.Facts.Rules;
        for (var i = 0; i < rules.Length; i++)
        {
            if (state.Host.Routing.IsDecisive(rules[i], destination, outInterface) && IsMet(rules[i].Mark, i + 1))
            {
                break;
            }
        }
        return Known() is { } knowledge ? (uint)knowledge.AnyValue() : state.Mark.Value;
    }

    /// <param name="wanted">The mark that a rule asks for.</param>
    /// <param name="number">The rule's number among the host's, from 1.</param>
    private bool IsMet(MaskedNumber wanted, int number)
    {
        var set = FieldSet.Masked(wanted.Value, wanted.Mask, MarkBits);
        if (Known() is not { } knowledge)
        {
            return (state.Mark.Value & wanted.Mask) == wanted.Value;
        }
        if (knowledge.IsIn(set) is { } known)
        {
            return known;
        }
        var holds = unknowns.Choose(PacketFieldInfo.Name(PacketField.Mark), Assumption.PlaceOf(number), isPositive: true);
        if (knowledge.With(set, holds) is { } narrowed)
        {
            state.Learn(PacketField.Mark, narrowed);
        }
        return holds;
    }

    private FieldKnowledge? Known() => state.Ask(PacketField.Mark) == FieldStatus.Open ? state.Knowledge(PacketField.Mark) : null;
}
