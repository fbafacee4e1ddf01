using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>What conntrack holds in the place of a connection's ports: of few protocols it is a header's ports.</summary>
/// <remarks>
/// Source: net/netfilter/nf_conntrack_core.c, <c>nf_ct_get_tuple</c>; nf_conntrack_proto_icmp.c and
/// nf_conntrack_proto_icmpv6.c, <c>icmp_pkt_to_tuple</c> and <c>icmp_invert_tuple</c>; nf_conntrack_proto_gre.c.
/// </remarks>
internal static class TrackedPorts
{
    /// <summary>Types of ICMP of which the second answers the first, and the other way round.</summary>
    private static readonly (byte Protocol, byte Question, byte Answer)[] Answers =
    [
        (IpProtocol.Icmp, 8, 0), (IpProtocol.Icmp, 13, 14), (IpProtocol.Icmp, 15, 16), (IpProtocol.Icmp, 17, 18),
        (IpProtocol.IcmpV6, 128, 129), (IpProtocol.IcmpV6, 139, 140),
    ];

    /// <summary>The value of one of the four fields of ports.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="protocol">Its connection's protocol; null where that is not known.</param>
    /// <param name="endpoint">The field's end of the connection; null where it is not known.</param>
    /// <param name="field">The field.</param>
    public static FieldValue Read(Packet packet, byte? protocol, Endpoint? endpoint, PacketField field) => protocol switch
    {
        null or IpProtocol.Gre => FieldValue.AnyOf(field), // what calls of PPTP go by
        IpProtocol.Icmp or IpProtocol.IcmpV6 => OfIcmp(packet, field),
        { } known when !IpProtocol.HasTrackedPorts(known) => FieldValue.Of((UInt128)0),
        _ => endpoint is { } end ? FieldValue.Of(end.Port) : FieldValue.AnyOf(field),
    };

    /// <summary>For the source an identifier, which the packet does not tell; for the destination the type and the code.</summary>
    private static FieldValue OfIcmp(Packet packet, PacketField field)
    {
        if (field is PacketField.OriginalSourcePort or PacketField.ReplySourcePort)
        {
            return FieldValue.AnyOf(field);
        }
        var isOwn = packet.IsReply == (field == PacketField.ReplyDestinationPort);
        return (isOwn ? packet.IcmpType : Inverse(packet)) is { } type
            ? FieldValue.Of((UInt128)((type << 8) | packet.IcmpCode))
            : FieldValue.AnyOf(field);
    }

    private static byte? Inverse(Packet packet)
    {
        foreach (var (protocol, question, answer) in Answers)
        {
            if (protocol == packet.Protocol && (packet.IcmpType == question || packet.IcmpType == answer))
            {
                return packet.IcmpType == question ? answer : question;
            }
        }
        return null;
    }
}
