using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>Where a packet of the small domain is in a packet space: its class in each dimension.</summary>
internal static class SmallPoint
{
    public static int[] Of(SpaceLayout layout, SmallPacket packet) =>
        [.. layout.Dimensions.Select(d => ValueOf(packet, d.Field) is { } value ? d.ClassOf(value) : d.AbsentClass)];

    /// <summary>Whether a point is in the box of some codes.</summary>
    public static bool IsIn(SpaceLayout layout, int[] point, IEnumerable<SpaceTest> box) => box.All(test => IsIn(layout, point, test));

    public static bool IsIn(SpaceLayout layout, int[] point, ulong[] box) =>
        Enumerable.Range(0, box.Length).All(dimension => IsIn(layout, point, new SpaceTest(dimension, box[dimension])));

    /// <summary>The value of a field; null where the packet has none.</summary>
    public static UInt128? ValueOf(SmallPacket packet, PacketField field) => field switch
    {
        PacketField.Protocol => packet.Protocol,
        PacketField.Source => packet.Source,
        PacketField.Destination => packet.Destination,
        PacketField.SourcePort => packet.HasPorts ? packet.SourcePort : null,
        PacketField.DestinationPort => packet.HasPorts ? packet.DestinationPort : null,
        PacketField.TcpFlags => packet.Protocol == IpProtocol.Tcp ? packet.Flags : null,
        PacketField.IcmpTypeCode => packet.IsIcmp ? (UInt128)((packet.Icmp.Type << 8) | packet.Icmp.Code) : null,
        PacketField.InInterface => packet.In is { } name ? InterfaceName.Pack(name) : 0,
        PacketField.OutInterface => packet.Out is { } name ? InterfaceName.Pack(name) : 0,
        PacketField.HasSocket => packet.Owner is { HasSocket: true } ? 1 : null,
        PacketField.Uid => packet.Owner?.Uid,
        PacketField.Gid => packet.Owner?.Gid,
        PacketField.Mark => packet.Mark,
        PacketField.ConntrackState => (UInt128)(int)packet.State,
        PacketField.ConnectionMark => packet.HasEntry ? packet.ConnectionMark : null,
        PacketField.MarkDifference => packet.HasEntry ? packet.Mark ^ packet.ConnectionMark : null,
        PacketField.ConntrackZone => packet.HasEntry ? (UInt128)packet.Zone : null,
        PacketField.IsLaterFragment => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(field), field, null),
    };

    private static bool IsIn(SpaceLayout layout, int[] point, SpaceTest test) =>
        Boxes.Meet(layout.Dimensions[test.Dimension].CodeOf(point[test.Dimension]), test.Code, layout.Dimensions[test.Dimension].IsNarrow) != Boxes.Nothing;
}
