using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>One packet as it enters the host's netfilter hooks, and what is known beside its headers.</summary>
/// <remarks>Made by <c>PacketExpression</c>; defaults are those of the packet language.</remarks>
public sealed record Packet
{
    /// <summary>The family of both addresses.</summary>
    public Family Family => Source.Address.Family;

    /// <summary>Protocol number of the last header.</summary>
    public required byte Protocol { get; init; }

    /// <summary>Source; the port is null where the protocol has none and in later fragments.</summary>
    public required Endpoint Source { get; init; }

    /// <summary>Destination, likewise.</summary>
    public required Endpoint Destination { get; init; }

    /// <summary>The interface it arrives by; null for a locally generated packet.</summary>
    public string? InInterface { get; init; }

    /// <summary>The interface it leaves by, overruling the routing facts; null where these decide.</summary>
    public string? OutInterface { get; init; }

    /// <summary>Whose socket sent it. Arriving packets have none.</summary>
    public SocketKind Socket { get; init; }

    /// <summary>User of the sending socket; counts for <see cref="SocketKind.Process"/> only.</summary>
    public uint Uid { get; init; }

    /// <summary>Group of the sending socket; counts for <see cref="SocketKind.Process"/> only.</summary>
    public uint Gid { get; init; }

    /// <summary>Supplementary groups, without <see cref="Gid"/>.</summary>
    public ImmutableArray<uint> Groups { get; init; } = [];

    /// <summary>Exactly one state.</summary>
    public ConntrackState State { get; init; } = ConntrackState.New;

    /// <summary>Whether it goes in the connection's reply direction.</summary>
    public bool IsReply { get; init; }

    /// <summary>Status bits given; null where they follow from the state.</summary>
    public ConntrackStatus? Status { get; init; }

    /// <summary>Firewall mark; all bits known unless given with a mask.</summary>
    public MaskedNumber Mark { get; init; } = MaskedNumber.Exact(0);

    /// <summary>The connection's mark.</summary>
    public MaskedNumber ConnectionMark { get; init; } = MaskedNumber.Exact(0);

    /// <summary>Conntrack zone.</summary>
    public ushort Zone { get; init; }

    /// <summary>The connection's original direction (<c>ctorig</c>); null: this packet's own.</summary>
    public EndpointPair? Original { get; init; }

    /// <summary>The direction of its answers (<c>ctrepl</c>); null: as <see cref="Translation"/> says.</summary>
    public EndpointPair? Reply { get; init; }

    /// <summary>The connection's protocol, where it is not the packet's; null: as it is.</summary>
    public byte? ConnectionProtocol { get; init; }

    /// <summary>What NAT makes of the packet, decided when its connection was made (<c>nat</c>); null: nothing.</summary>
    public EndpointPair? Translation { get; init; }

    /// <summary>Flags, for TCP.</summary>
    public TcpFlags TcpFlags { get; init; } = TcpFlags.Syn;

    /// <summary>Kinds of the TCP options present.</summary>
    public ImmutableArray<byte> TcpOptions { get; init; } = [];

    /// <summary>Maximum segment size option in bytes; null without one.</summary>
    public ushort? MaximumSegmentSize { get; init; }

    /// <summary>Types of the SCTP chunks present; null where not told.</summary>
    public ImmutableArray<byte>? SctpChunks { get; init; }

    /// <summary>ICMP or ICMPv6 type.</summary>
    public byte IcmpType { get; init; }

    /// <summary>ICMP or ICMPv6 code.</summary>
    public byte IcmpCode { get; init; }

    /// <summary>Total length in bytes; null where not told.</summary>
    public ushort? Length { get; init; }

    /// <summary>Time to live, or hop limit.</summary>
    public byte Ttl { get; init; } = 64;

    /// <summary>Type of service, or traffic class: 8 bits.</summary>
    public byte Tos { get; init; }

    /// <summary>Whether it is a fragment with an offset.</summary>
    public bool IsLaterFragment { get; init; }

    /// <summary>Names of IPv6 extension headers before the last one (<c>hop</c>, <c>dst</c>, <c>route</c>, <c>frag</c>, ...).</summary>
    public ImmutableArray<string> ExtensionHeaders { get; init; } = [];

    /// <summary>Source address of the arriving frame, 48 bits; null where not told or locally generated.</summary>
    public ulong? MacSource { get; init; }

    /// <summary>To whom the arriving frame was addressed; null: as the destination is.</summary>
    public FrameKind? FrameKind { get; init; }

    /// <summary>Bridge port it came in by.</summary>
    public string? PhysicalIn { get; init; }

    /// <summary>Bridge port it leaves by.</summary>
    public string? PhysicalOut { get; init; }

    /// <summary>Names of sets that the packet is said to be in (<c>in-set</c>).</summary>
    public ImmutableArray<string> Sets { get; init; } = [];

    /// <summary>Option texts of unknowns that are said to match (<c>match "..."</c>).</summary>
    public ImmutableArray<string> Matches { get; init; } = [];

    /// <summary>The clauses that its expression gave, in that order: they are printed so, even where they say the default.</summary>
    public ImmutableArray<PacketClause> GivenClauses { get; init; } = [];
}
