using System.Buffers.Binary;
using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input.Captures;

/// <summary>Reads the headers of an IPv4 or IPv6 packet.</summary>
/// <remarks>
/// The state is what the packet alone tells: SYN, and what begins no connection anew, are NEW; other TCP packets are of an
/// ESTABLISHED connection, and so are echo replies; ICMP errors are RELATED. Flags that never go together, and ICMP that
/// neither asks nor answers, are INVALID; neighbour discovery is UNTRACKED. Sources: RFC 791, 8200, 9293, 792, 4443; the
/// tables of net/netfilter/nf_conntrack_proto_tcp.c, nf_conntrack_proto_icmp.c and nf_conntrack_proto_icmpv6.c.
/// </remarks>
internal static class IpPacketParser
{
    /// <returns>Null where the bytes end too soon, or begin with no IP header.</returns>
    public static Packet? Parse(ReadOnlySpan<byte> bytes) => (bytes.IsEmpty ? 0 : bytes[0] >> 4) switch
    {
        4 => ParseV4(bytes),
        6 => ParseV6(bytes),
        _ => null,
    };

    private static Packet? ParseV4(ReadOnlySpan<byte> bytes)
    {
        const int ShortestHeader = 20;
        var headerLength = (bytes[0] & 0xF) * 4;
        if (bytes.Length < ShortestHeader || headerLength < ShortestHeader || bytes.Length < headerLength)
        {
            return null;
        }
        var packet = new Packet
        {
            Protocol = bytes[9],
            Source = new Endpoint(AddressV4(bytes[12..]), null),
            Destination = new Endpoint(AddressV4(bytes[16..]), null),
            Length = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            Ttl = bytes[8],
            Tos = bytes[1],
            IsLaterFragment = (BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x1FFF) != 0,
        };
        return ParseTransport(packet, bytes[headerLength..]);
    }

    private static Packet? ParseV6(ReadOnlySpan<byte> bytes)
    {
        const int HeaderLength = 40;
        if (bytes.Length < HeaderLength)
        {
            return null;
        }
        var length = HeaderLength + BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        var packet = new Packet
        {
            Protocol = bytes[6],
            Source = new Endpoint(AddressV6(bytes[8..]), null),
            Destination = new Endpoint(AddressV6(bytes[24..]), null),
            Length = length <= ushort.MaxValue ? (ushort)length : null,
            Ttl = bytes[7],
            Tos = (byte)(BinaryPrimitives.ReadUInt16BigEndian(bytes) >> 4),
        };
        return SkipExtensionHeaders(packet, bytes[HeaderLength..]);
    }

    private static Packet? SkipExtensionHeaders(Packet packet, ReadOnlySpan<byte> bytes)
    {
        const byte HopByHop = 0;
        const byte Routing = 43;
        const byte Fragment = 44;
        const byte DestinationOptions = 60;
        while (packet.Protocol is HopByHop or Routing or Fragment or DestinationOptions or IpProtocol.Ah)
        {
            var next = packet.Protocol;
            var length = bytes.Length < 8 ? 0 : next == Fragment ? 8 : next == IpProtocol.Ah ? (bytes[1] + 2) * 4 : (bytes[1] + 1) * 8;
            if (length == 0 || bytes.Length < length)
            {
                return null;
            }
            var name = next switch
            {
                HopByHop => "hop",
                Routing => "route",
                Fragment => "frag",
                IpProtocol.Ah => "auth",
                _ => "dst",
            };
            packet = packet with
            {
                Protocol = bytes[0],
                IsLaterFragment = next == Fragment && BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) >> 3 != 0,
                ExtensionHeaders = [.. packet.ExtensionHeaders, name],
            };
            bytes = bytes[length..];
            if (packet.IsLaterFragment)
            {
                break;
            }
        }
        return ParseTransport(packet, bytes);
    }

    private static Packet? ParseTransport(Packet packet, ReadOnlySpan<byte> bytes)
    {
        if (packet.IsLaterFragment)
        {
            return WithGiven(packet);
        }
        var needed = packet.Protocol == IpProtocol.Tcp ? 14
            : IpProtocol.HasPorts(packet.Protocol) ? 4
            : packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6 ? 2
            : 0;
        if (bytes.Length < needed)
        {
            return null;
        }
        if (IpProtocol.HasPorts(packet.Protocol))
        {
            packet = packet with
            {
                Source = packet.Source with { Port = BinaryPrimitives.ReadUInt16BigEndian(bytes) },
                Destination = packet.Destination with { Port = BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]) },
            };
        }
        return WithGiven(packet.Protocol switch
        {
            IpProtocol.Tcp => ParseTcp(packet, bytes),
            IpProtocol.Icmp or IpProtocol.IcmpV6 => ParseIcmp(packet, bytes),
            _ => packet,
        });
    }

    private static Packet ParseTcp(Packet packet, ReadOnlySpan<byte> bytes)
    {
        var flags = (TcpFlags)bytes[13];
        var (kinds, segmentSize) = ReadOptions(bytes);
        var isAnswer = (flags & (TcpFlags.Syn | TcpFlags.Ack)) == (TcpFlags.Syn | TcpFlags.Ack);
        return packet with
        {
            TcpFlags = flags,
            TcpOptions = kinds,
            MaximumSegmentSize = segmentSize,
            State = !IsValid(flags) ? ConntrackState.Invalid
                : flags.HasFlag(TcpFlags.Syn) && !isAnswer ? ConntrackState.New
                : ConntrackState.Established,
            IsReply = isAnswer,
        };
    }

    private static bool IsValid(TcpFlags flags) =>
        (flags & ~(TcpFlags.Psh | TcpFlags.Ece | TcpFlags.Cwr)) is TcpFlags.Syn or (TcpFlags.Syn | TcpFlags.Urg) or (TcpFlags.Syn | TcpFlags.Ack)
            or TcpFlags.Rst or (TcpFlags.Rst | TcpFlags.Ack) or (TcpFlags.Fin | TcpFlags.Ack) or (TcpFlags.Fin | TcpFlags.Ack | TcpFlags.Urg)
            or TcpFlags.Ack or (TcpFlags.Ack | TcpFlags.Urg);

    /// <summary>The kinds of the options that the capture holds, and the segment size that one of them announces.</summary>
    private static (ImmutableArray<byte> Kinds, ushort? SegmentSize) ReadOptions(ReadOnlySpan<byte> header)
    {
        const int Fixed = 20;
        const byte End = 0;
        const byte Padding = 1;
        const byte SegmentSizeKind = 2;
        var options = header.Length <= Fixed ? [] : header[Fixed..Math.Clamp((header[12] >> 4) * 4, Fixed, header.Length)];
        ImmutableArray<byte> kinds = [];
        ushort? segmentSize = null;
        while (!options.IsEmpty && options[0] != End)
        {
            var length = options[0] == Padding ? 1 : options.Length < 2 ? 0 : options[1];
            if (length > options.Length || (length < 2 && options[0] != Padding))
            {
                break;
            }
            kinds = kinds.Contains(options[0]) ? kinds : kinds.Add(options[0]);
            if (options[0] == SegmentSizeKind && length == 4)
            {
                segmentSize = BinaryPrimitives.ReadUInt16BigEndian(options[2..]);
            }
            options = options[length..];
        }
        return (kinds, segmentSize);
    }

    private static Packet ParseIcmp(Packet packet, ReadOnlySpan<byte> bytes)
    {
        var state = packet.Protocol == IpProtocol.IcmpV6 ? StateV6(bytes[0]) : StateV4(bytes[0]);
        return packet with
        {
            IcmpType = bytes[0],
            IcmpCode = bytes[1],
            State = state,
            IsReply = state == ConntrackState.Established,
        };
    }

    private static ConntrackState StateV4(byte icmpType) => icmpType switch
    {
        8 or 13 or 15 or 17 => ConntrackState.New,
        0 or 14 or 16 or 18 => ConntrackState.Established,
        3 or 4 or 5 or 11 or 12 => ConntrackState.Related,
        _ => ConntrackState.Invalid,
    };

    private static ConntrackState StateV6(byte icmpType) => icmpType switch
    {
        128 or 139 => ConntrackState.New,
        129 or 140 => ConntrackState.Established,
        < 128 => ConntrackState.Related,
        (>= 130 and <= 136) or 143 => ConntrackState.Untracked,
        _ => ConntrackState.Invalid,
    };

    /// <summary>Names what the packet tells, in the order in which expressions print it.</summary>
    private static Packet WithGiven(Packet packet)
    {
        var hasTransport = !packet.IsLaterFragment;
        ReadOnlySpan<(PacketClause Clause, bool IsTold)> clauses =
        [
            (PacketClause.State, packet.State != ConntrackState.New),
            (PacketClause.Dir, packet.IsReply),
            (PacketClause.Flags, hasTransport && packet.Protocol == IpProtocol.Tcp),
            (PacketClause.Options, !packet.TcpOptions.IsEmpty),
            (PacketClause.Mss, packet.MaximumSegmentSize is not null),
            (PacketClause.Type, hasTransport && packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6),
            (PacketClause.Length, packet.Length is not null),
            (PacketClause.Ttl, true),
            (PacketClause.Tos, packet.Tos != 0),
            (PacketClause.Fragment, packet.IsLaterFragment),
            (PacketClause.ExtHdr, !packet.ExtensionHeaders.IsEmpty),
        ];
        var given = new List<PacketClause>();
        foreach (var (clause, isTold) in clauses)
        {
            if (isTold)
            {
                given.Add(clause);
            }
        }
        return packet with { GivenClauses = [.. given] };
    }

    private static IpAddress AddressV4(ReadOnlySpan<byte> bytes) => new(Family.IPv4, BinaryPrimitives.ReadUInt32BigEndian(bytes));

    private static IpAddress AddressV6(ReadOnlySpan<byte> bytes) => new(Family.IPv6, BinaryPrimitives.ReadUInt128BigEndian(bytes));
}
