using System.Buffers.Binary;

namespace RuleCompiler.Tests.Oracles.Probes;

/// <summary>Writes a probe as the bytes on the wire.</summary>
internal static class ProbeFrame
{
    private const int EthernetBytes = 14;
    private const int V4HeaderBytes = 20;
    private const int V6HeaderBytes = 40;
    private const byte NoNextHeader = 59;

    /// <summary>The IP packet.</summary>
    /// <param name="probe">What it shall say.</param>
    /// <param name="tag">
    /// By what its trace events are known again: the IPv4 identification or the IPv6 flow label. No rule sees them,
    /// and no rewrite changes them.
    /// </param>
    public static byte[] Packet(ProbePacket probe, int tag)
    {
        var headerBytes = probe.IsV6 ? V6HeaderBytes : V4HeaderBytes;
        var payload = Payload(probe);
        var extension = probe.IsV6 ? ProbeHeaders.Of(probe, tag) : [];
        headerBytes += extension.Length;
        var length = Math.Max(headerBytes + payload.Length, probe.Length ?? 0);
        var packet = new byte[length];
        extension.CopyTo(packet, headerBytes - extension.Length);
        payload.CopyTo(packet, headerBytes);
        WriteHeader(packet, probe, tag);
        WriteChecksum(packet.AsSpan(headerBytes), probe);
        return packet;
    }

    /// <summary>The packet in an Ethernet frame to the interface whose address is given.</summary>
    public static byte[] Frame(ProbePacket probe, int tag, ReadOnlySpan<byte> interfaceMac)
    {
        var packet = Packet(probe, tag);
        var frame = new byte[EthernetBytes + packet.Length];
        DestinationMac(probe, interfaceMac).CopyTo(frame, 0);
        (probe.SourceMac?.ToArray() ?? [2, 0, 0, 0, 0, 0x77]).CopyTo(frame, 6);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), (ushort)(probe.IsV6 ? 0x86dd : 0x0800));
        packet.CopyTo(frame, EthernetBytes);
        return frame;
    }

    private static byte[] DestinationMac(ProbePacket probe, ReadOnlySpan<byte> interfaceMac)
    {
        var address = probe.Destination.GetAddressBytes();
        return (probe.IsV6, address[0]) switch
        {
            (true, 0xff) => [0x33, 0x33, .. address[12..]],
            (false, >= 224 and < 240) => [1, 0, 0x5e, (byte)(address[1] & 0x7f), address[2], address[3]],
            (false, 255) => [0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            _ => interfaceMac.ToArray(),
        };
    }

    private static void WriteHeader(Span<byte> packet, ProbePacket probe, int tag)
    {
        if (probe.IsV6)
        {
            BinaryPrimitives.WriteUInt32BigEndian(packet, 6u << 28 | (uint)probe.TypeOfService << 20 | (uint)tag);
            BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)(packet.Length - V6HeaderBytes));
            packet[6] = ProbeHeaders.First(probe);
            packet[7] = probe.TimeToLive;
            probe.Source.TryWriteBytes(packet[8..], out _);
            probe.Destination.TryWriteBytes(packet[24..], out _);
            return;
        }

        packet[0] = 0x45;
        packet[1] = probe.TypeOfService;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)packet.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet[4..], (ushort)tag);
        BinaryPrimitives.WriteUInt16BigEndian(packet[6..], probe.IsLaterFragment ? (ushort)100 : (ushort)0);
        packet[8] = probe.TimeToLive;
        packet[9] = probe.Protocol;
        probe.Source.TryWriteBytes(packet[12..], out _);
        probe.Destination.TryWriteBytes(packet[16..], out _);
        BinaryPrimitives.WriteUInt16BigEndian(packet[10..], Checksum(packet[..V4HeaderBytes], 0));
    }

    private static byte[] Payload(ProbePacket probe)
    {
        if (probe.IsLaterFragment)
        {
            return [.. Enumerable.Repeat((byte)'y', 64)];
        }

        var bytes = probe.Protocol switch
        {
            ProbeProtocol.Tcp => Tcp(probe),
            ProbeProtocol.Udp or ProbeProtocol.UdpLite => new byte[8],
            ProbeProtocol.Icmp or ProbeProtocol.IcmpV6 => Icmp(probe),
            ProbeProtocol.Sctp => SctpInit(probe),
            ProbeProtocol.Dccp => DccpRequest(),
            ProbeProtocol.MobilityHeader => [NoNextHeader, .. new byte[7]], // nothing may follow it: another makes net/ipv6/netfilter/ip6t_mh.c drop it
            _ => new byte[8],
        };
        if (probe.HasPorts)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes, probe.SourcePort);
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(2), probe.DestinationPort);
        }

        return bytes;
    }

    private static byte[] Tcp(ProbePacket probe)
    {
        const byte acknowledges = 16;
        var options = Options(probe);
        byte[] bytes = [.. new byte[20], .. options];
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4), 0x10203040);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8), (probe.Flags & acknowledges) != 0 ? 0x50607080u : 0);
        bytes[12] = (byte)((5 + (options.Length / 4)) << 4);
        bytes[13] = probe.Flags;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(14), 64240);
        return bytes;
    }

    /// <summary>The options, filled up with ends of the list: those are no option.</summary>
    private static byte[] Options(ProbePacket probe)
    {
        byte[] options =
        [
            .. probe.Options.SelectMany(kind => (byte[])(kind switch
            {
                2 => [2, 4, (byte)(probe.SegmentSize >> 8), (byte)probe.SegmentSize],
                3 => [3, 3, 7],
                8 => [8, 10, 0, 0, 0, 1, 0, 0, 0, 0],
                _ => [kind, 2],
            })),
        ];
        return [.. options, .. new byte[-options.Length & 3]];
    }

    private static byte[] Icmp(ProbePacket probe)
    {
        var isV6 = probe.Protocol == ProbeProtocol.IcmpV6;
        byte[] header = [probe.IcmpType ?? (byte)(isV6 ? 128 : 8), probe.IcmpCode, 0, 0, 0x12, 0x34, 0, 1];
        if (probe.State != "RELATED")
        {
            return header;
        }

        header.AsSpan(4).Clear();
        return [.. header, .. Packet(RelatedFlow(probe), 0)];
    }

    /// <summary>The packet of a known connection about which an ICMP error speaks.</summary>
    public static ProbePacket RelatedFlow(ProbePacket error) => new()
    {
        Protocol = ProbeProtocol.Udp,
        Source = error.Destination,
        SourcePort = 40000,
        Destination = error.Source,
        DestinationPort = 5555,
    };

    /// <remarks>One INIT chunk that fills the packet: the tracker calls a packet with a torn chunk invalid.</remarks>
    private static byte[] SctpInit(ProbePacket probe)
    {
        const int commonHeaderBytes = 12;
        var bytes = new byte[Math.Max(32, (probe.Length ?? 0) - (probe.IsV6 ? V6HeaderBytes : V4HeaderBytes))];
        bytes[12] = 1; // INIT
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(14), (ushort)(bytes.Length - commonHeaderBytes));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(16), 0x01020304);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(20), 65536);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(24), 1);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(26), 1);
        return bytes;
    }

    private static byte[] DccpRequest()
    {
        var bytes = new byte[20];
        bytes[4] = 5; // data offset in words
        bytes[8] = 1; // Request, 48-bit sequence numbers
        bytes[15] = 1;
        return bytes;
    }

    private static void WriteChecksum(Span<byte> segment, ProbePacket probe)
    {
        if (probe.IsLaterFragment)
        {
            return;
        }

        if (probe.Protocol is ProbeProtocol.Udp)
        {
            BinaryPrimitives.WriteUInt16BigEndian(segment[4..], (ushort)segment.Length);
        }

        var place = probe.Protocol switch
        {
            ProbeProtocol.Tcp => 16,
            ProbeProtocol.Udp or ProbeProtocol.UdpLite or ProbeProtocol.Dccp => 6,
            ProbeProtocol.Icmp or ProbeProtocol.IcmpV6 => 2,
            _ => -1,
        };
        if (place >= 0)
        {
            var seed = probe.Protocol == ProbeProtocol.Icmp ? 0 : PseudoHeaderSum(probe, segment.Length);
            var checksum = Checksum(segment, seed);
            var isBroken = probe is { State: "INVALID", In: not null };
            BinaryPrimitives.WriteUInt16BigEndian(segment[place..], (ushort)(isBroken ? checksum ^ 0x1111 : checksum));
        }
        else if (probe.Protocol == ProbeProtocol.Sctp)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(segment[8..], Crc32C(segment));
        }
    }

    private static uint PseudoHeaderSum(ProbePacket probe, int segmentBytes)
    {
        byte[] addresses = [.. probe.Source.GetAddressBytes(), .. probe.Destination.GetAddressBytes()];
        // The tracker checks UDP-Lite as if it were UDP (net/netfilter/nf_conntrack_proto_udp.c, udplite_error).
        var protocol = probe.Protocol == ProbeProtocol.UdpLite ? ProbeProtocol.Udp : probe.Protocol;
        return Sum(addresses) + protocol + (uint)segmentBytes;
    }

    private static ushort Checksum(ReadOnlySpan<byte> bytes, uint seed)
    {
        var sum = Sum(bytes) + seed;
        while (sum > 0xffff)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }

        return (ushort)~sum;
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (var index = 0; index < bytes.Length; index++)
        {
            sum += (index & 1) == 0 ? (uint)bytes[index] << 8 : bytes[index];
        }

        return sum;
    }

    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = System.Numerics.BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
