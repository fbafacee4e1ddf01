namespace RuleCompiler.Packets;

/// <summary>Everything about a packet that a rule can ask for.</summary>
/// <remarks>
/// A field's value is one unsigned number (<see cref="PacketFieldInfo"/> has widths and text forms), or the
/// field is absent (a port of a packet without ports), or the packet expression leaves it unknown (a length).
/// </remarks>
internal enum PacketField : byte
{
    /// <summary>Last header's protocol number, 0 to 255.</summary>
    Protocol,
    Source,
    Destination,

    /// <summary>Absent where the protocol has no ports and in later fragments.</summary>
    SourcePort,
    DestinationPort,

    /// <summary>Name packed by <see cref="InterfaceName"/>; 0 where the hook has no such interface.</summary>
    InInterface,
    OutInterface,

    /// <summary>Bridge ports; absent where the packet crosses no bridge.</summary>
    PhysicalIn,
    PhysicalOut,

    /// <summary>1 = the packet is bridged, not routed; absent without a bridge.</summary>
    PhysicalIsBridged,

    /// <summary>Byte 13 of the TCP header; absent in other protocols.</summary>
    TcpFlags,

    /// <summary>One bit for each TCP option kind 0 to 127 that is there; absent in other protocols.</summary>
    TcpOptionsLow,

    /// <summary>Kinds 128 to 255.</summary>
    TcpOptionsHigh,

    /// <summary>Value of the MSS option, in bytes; absent without one.</summary>
    MaximumSegmentSize,

    /// <summary>Type in the high byte, code in the low one; absent in other protocols than ICMP and ICMPv6.</summary>
    IcmpTypeCode,

    /// <summary>One bit for each SCTP chunk type 0 to 127 in the packet; absent in other protocols.</summary>
    SctpChunksLow,
    SctpChunksHigh,

    /// <summary>Total length in bytes, network header included.</summary>
    Length,

    /// <summary>Time to live, or hop limit.</summary>
    Ttl,

    /// <summary>Type of service, or traffic class: all 8 bits.</summary>
    Tos,

    /// <summary>1 for a fragment with an offset, else 0.</summary>
    IsLaterFragment,

    /// <summary>Bits of <see cref="Netfilter.ExtensionHeaders"/> that the packet came with; 0 in IPv4.</summary>
    ExtensionHeaders,

    /// <summary>1 where conntrack has put IPv6 packets together before rules see them, and so has taken fragment headers away.</summary>
    IsReassembled,

    /// <summary>Source address of the arriving frame, 48 bits; absent in locally generated packets.</summary>
    MacSource,

    /// <summary>1 where an IPv6 source is what its interface makes of <see cref="MacSource"/> (RFC 4291, appendix A).</summary>
    SourceIsOfFrame,

    /// <summary><see cref="FrameKind"/> of the frame.</summary>
    FrameKind,

    /// <summary>Firewall mark of the packet.</summary>
    Mark,

    /// <summary>Mark of the connection; absent without an entry.</summary>
    ConnectionMark,

    /// <summary>The exclusive or of both marks as the packet enters; absent without an entry. No rule asks for it, but spaces do.</summary>
    MarkDifference,

    /// <summary>One bit of <see cref="Netfilter.ConntrackState"/>.</summary>
    ConntrackState,

    /// <summary>Bits of <see cref="Netfilter.ConntrackStatus"/>; absent without an entry, like all that follow.</summary>
    ConntrackStatus,

    /// <summary>0 original, 1 reply.</summary>
    ConntrackDirection,
    ConntrackProtocol,
    OriginalSource,
    OriginalDestination,
    OriginalSourcePort,
    OriginalDestinationPort,
    ReplySource,
    ReplyDestination,
    ReplySourcePort,
    ReplyDestinationPort,

    /// <summary>Zone, 0 to 65535.</summary>
    ConntrackZone,

    /// <summary>User of the socket that sent the packet; absent without such a socket.</summary>
    Uid,
    Gid,

    /// <summary>Group and supplementary groups: the only field with several values; a test asks whether one is in its set.</summary>
    Groups,

    /// <summary>1 where any socket, the kernel's own included, sent the packet; absent without one.</summary>
    HasSocket,

    /// <summary>Bit set of <see cref="Packets.AddressType"/> (IPv6: a local address is also unicast).</summary>
    SourceAddressType,
    DestinationAddressType,

    /// <summary>The same, an address counting as local only on the packet's incoming interface.</summary>
    SourceAddressTypeOnIn,
    DestinationAddressTypeOnIn,

    /// <summary>The same for the outgoing interface.</summary>
    SourceAddressTypeOnOut,
    DestinationAddressTypeOnOut,

    /// <summary>Bits of <see cref="Packets.ReceivingSocket"/> of the socket that would take the packet; absent without one.</summary>
    ReceivingSocket,
}
