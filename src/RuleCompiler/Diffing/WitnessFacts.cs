using System.Collections.Immutable;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Gives packets what boxes do not say of them: options, chunks, groups, sets, some bits of an address.</summary>
internal static class WitnessFacts
{
    /// <summary>Whether a packet expression tells whether the condition holds, so that nothing need be assumed.</summary>
    public static bool IsTold(Condition condition) => condition switch
    {
        Condition.FieldCondition => true,
        Condition.NotCondition not => IsTold(not.Operand),
        Condition.AllOfCondition all => all.Parts.All(IsTold),
        Condition.AnyOfCondition any => any.Parts.All(IsTold),
        _ => false,
    };

    /// <summary>The packet with what a space says.</summary>
    public static Packet Apply(Packet packet, SpaceFacts facts)
    {
        if (facts.All.IsEmpty)
        {
            return packet;
        }
        return packet with
        {
            Sets = [.. facts.Of(PacketClause.InSet, holds: true)],
            Matches = [.. facts.Of(PacketClause.Match, holds: true)],
            Groups = [.. packet.Groups.Union(facts.NumbersOf(PacketClause.Groups, holds: true))],
            TcpOptions = [.. facts.NumbersOf(PacketClause.Options, holds: true).Select(kind => (byte)kind).Order()],
            SctpChunks = facts.All.Any(fact => fact.Fact.Clause == PacketClause.Chunks)
                ? [.. facts.NumbersOf(PacketClause.Chunks, holds: true).Select(type => (byte)type).Order()] : packet.SctpChunks,
        };
    }

    /// <summary>The packet made so that conditions hold, or not, as far as a field can be set.</summary>
    public static Packet Apply(Packet packet, IEnumerable<(Condition Condition, bool Holds)> conditions) =>
        conditions.Aggregate(packet, (made, condition) => Apply(made, condition.Condition, condition.Holds));

    private static Packet Apply(Packet packet, Condition condition, bool holds) => condition switch
    {
        Condition.NotCondition not => Apply(packet, not.Operand, !holds),
        Condition.AllOfCondition all when holds => all.Parts.Aggregate(packet, (made, part) => Apply(made, part, true)),
        Condition.AllOfCondition all => Apply(packet, all.Parts[0], false),
        Condition.AnyOfCondition any when holds => Apply(packet, any.Parts[0], true),
        Condition.AnyOfCondition any => any.Parts.Aggregate(packet, (made, part) => Apply(made, part, false)),
        Condition.FieldCondition field => Apply(packet, field.TestedField, holds ? field.Set : field.Set.Complement(PacketFieldInfo.Max(field.TestedField))),
        _ => packet,
    };

    private static Packet Apply(Packet packet, PacketField field, FieldSet set)
    {
        switch (field)
        {
            case PacketField.Groups when !set.IncludesAbsent && !set.IsMasked:
                return packet with { Socket = SocketKind.Process, Groups = [.. packet.Groups.Append((uint)set.Ranges[0].Low).Distinct()] };
            case PacketField.Source when set.IsMasked:
                return packet with { Source = packet.Source with { Address = Within(packet.Source.Address, set) } };
            case PacketField.Destination when set.IsMasked:
                return packet with { Destination = packet.Destination with { Address = Within(packet.Destination.Address, set) } };
        }
        if (SettledUnknowns.ClauseOf(field) is not var (clause, first))
        {
            return packet;
        }
        var wanted = !set.IsMasked ? set.Ranges.IsEmpty ? 0 : set.Ranges[0].Low
            : set.IsNegated ? set.Bits == 0 ? set.Mask & (~set.Mask + 1) : 0
            : set.Bits;
        var kinds = Enumerable.Range(0, 128).Where(bit => (wanted >> bit & 1) == 1).Select(bit => (byte)(first + (uint)bit)).ToImmutableArray();
        return clause == PacketClause.Options
            ? packet with { TcpOptions = [.. packet.TcpOptions.Union(kinds).Order()] }
            : packet with { SctpChunks = [.. (packet.SctpChunks ?? []).Union(kinds).Order()] };
    }

    private static IpAddress Within(IpAddress address, FieldSet set) => !set.IsNegated
        ? address with { Value = (address.Value & ~set.Mask) | set.Bits }
        : set.Contains(address.Value) ? address : address with { Value = address.Value ^ (set.Mask & (~set.Mask + 1)) };
}
