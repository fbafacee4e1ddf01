using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Evaluation;

/// <summary>Says what a packet has instead of what a condition asks for: <c>it leaves by eth0</c>.</summary>
internal static class PacketReason
{
    /// <summary>The reason where an unknown was chosen.</summary>
    public const string AssumedNot = "assumed not to match";

    private const int EcnBits = 2;

    /// <param name="state">The packet as it is.</param>
    /// <param name="condition">What it was asked for.</param>
    /// <param name="isNegated">Whether the opposite was.</param>
    /// <param name="family">The rules' family.</param>
    public static string Describe(PacketState state, Condition condition, bool isNegated, Family family)
    {
        switch (condition)
        {
            case Condition.FieldCondition field:
                return Describe(state, field.TestedField, family);
            case Condition.NotCondition not:
                return Describe(state, not.Operand, !isNegated, family);
            case Condition.AnyOfCondition any:
                return Join(state, any.Parts, isNegated, family);
            case Condition.AllOfCondition all:
                return Join(state, all.Parts, isNegated, family);
            case Condition.MemberCondition member:
                return $"it is {(isNegated ? "" : "not ")}in set {member.SetName}";
            case Condition.UnknownCondition { Told: { } told } when state.Ask(told) == FieldStatus.Present:
                return Describe(state, told, family);
            default:
                return AssumedNot;
        }
    }

    private static string Join(PacketState state, ImmutableArray<Condition> parts, bool isNegated, Family family) =>
        string.Join(", ", parts.Select(part => Describe(state, part, isNegated, family)).Distinct(StringComparer.Ordinal));

    private static string Describe(PacketState state, PacketField field, Family family) => state.Ask(field) switch
    {
        FieldStatus.Present => DescribeValue(field, state.Value(field), family),
        FieldStatus.Absent => DescribeAbsence(field),
        _ => AssumedNot,
    };

    private static string DescribeValue(PacketField field, UInt128 value, Family family) => field switch
    {
        PacketField.InInterface when value == 0 => "it comes in by no interface here",
        PacketField.OutInterface when value == 0 => "it leaves by no interface here",
        PacketField.InInterface => $"it comes in by {Value(field, value, family)}",
        PacketField.OutInterface => $"it leaves by {Value(field, value, family)}",
        PacketField.IsLaterFragment => value == 0 ? "it is no later fragment" : "it is a later fragment",
        PacketField.HasSocket => "a socket sent it",
        PacketField.SourceIsOfFrame => $"its source is {(value == 0 ? "not " : "")}made of its frame's address",
        PacketField.IsReassembled => value == 0 ? "it is as it was sent" : "fragment headers are taken away before rules see them",
        PacketField.ExtensionHeaders when value == 0 => "it has no extension header",
        PacketField.ExtensionHeaders => $"its extension headers are {Value(field, value, family)}",
        PacketField.TcpOptionsLow or PacketField.TcpOptionsHigh when value == 0 => "it has no such TCP option",
        PacketField.TcpOptionsLow or PacketField.TcpOptionsHigh => $"its TCP options are {Value(field, value, family)}",
        PacketField.TcpFlags => $"its flags are {Value(field, value, family)}",
        PacketField.Tos => $"{Words(field)} is {Value(field, value, family)}, dscp 0x{(int)value >> EcnBits:x2}",
        PacketField.FrameKind => $"its frame is {Value(field, value, family)}",
        PacketField.ReceivingSocket => $"a socket here takes it ({Value(field, value, family)})",
        _ => $"{Words(field)} is {Value(field, value, family)}",
    };

    private static string DescribeAbsence(PacketField field) => field switch
    {
        PacketField.Uid or PacketField.Gid or PacketField.Groups => "no process of this host sent it",
        PacketField.HasSocket => "no socket sent it",
        >= PacketField.ConntrackStatus and <= PacketField.ConntrackZone or PacketField.ConnectionMark =>
            "it belongs to no connection",
        PacketField.PhysicalIn => "it comes in by no bridge port",
        PacketField.PhysicalOut => "it leaves by no bridge port",
        PacketField.ReceivingSocket => "no socket here takes it",
        PacketField.MaximumSegmentSize => "it has no TCP option of a segment size",
        _ => $"it has no {Words(field)}",
    };

    private static string Words(PacketField field) => field switch
    {
        PacketField.Protocol => "protocol",
        PacketField.Source => "source",
        PacketField.Destination => "destination",
        PacketField.SourcePort => "source port",
        PacketField.DestinationPort => "destination port",
        PacketField.SourceAddressType => "the source's type",
        PacketField.DestinationAddressType => "the destination's type",
        PacketField.SourceAddressTypeOnIn or PacketField.SourceAddressTypeOnOut => "the source's type at its interface",
        PacketField.DestinationAddressTypeOnIn or PacketField.DestinationAddressTypeOnOut => "the destination's type at its interface",
        _ => PacketFieldInfo.Name(field),
    };

    private static string Value(PacketField field, UInt128 value, Family family)
    {
        using var buffer = new Utf8Buffer();
        if (FieldNames.HasNamedValues(field) || FieldNames.HasNamedBits(field))
        {
            FieldSetText.WriteNames(buffer, field, value);
        }
        else
        {
            FieldValueText.Write(buffer, field, value, family);
        }
        return buffer.ToString();
    }
}
