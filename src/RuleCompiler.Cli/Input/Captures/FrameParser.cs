using System.Buffers.Binary;
using System.Globalization;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input.Captures;

/// <summary>Finds the IP packet in a captured frame, and how it came.</summary>
/// <remarks>
/// A packet from one of the host's addresses, or one that the capture calls outgoing, is locally generated. Others arrive by
/// the interface that the capture names, else by the one that leads back to their source.
/// </remarks>
internal sealed class FrameParser(ArrivalInference arrivals)
{
    private const ushort EtherTypeV4 = 0x0800;
    private const ushort EtherTypeV6 = 0x86DD;

    /// <returns>Null where the frame holds none, and then why.</returns>
    public Packet? Parse(in CapturedFrame frame, out string? problem)
    {
        var (content, mac, isSent) = Unwrap(frame);
        if (content is not { } bytes)
        {
            problem = mac is null && isSent is null
                ? string.Create(CultureInfo.InvariantCulture, $"Frames of link type {frame.LinkType} cannot be read")
                : "The frame holds no IP packet";
            return null;
        }
        if (IpPacketParser.Parse(bytes.Span) is not { } packet)
        {
            problem = "The IP packet is cut off before its headers end";
            return null;
        }
        problem = null;
        var inferred = isSent == true ? null : arrivals.InterfaceOf(packet.Source.Address);
        if (inferred is null)
        {
            return packet;
        }
        var name = frame.Interface is { Length: > 0 and <= InterfaceName.MaxBytes } told and not "any" ? told : inferred;
        return packet with
        {
            InInterface = name,
            MacSource = mac,
            GivenClauses = [PacketClause.In, .. packet.GivenClauses, .. mac is null ? Array.Empty<PacketClause>() : [PacketClause.Mac]],
        };
    }

    /// <summary>
    /// The bytes behind the link header, the sender's address, and whether the host sent the frame; all of them null where the
    /// link type is unknown.
    /// </summary>
    private static (ReadOnlyMemory<byte>? Content, ulong? Mac, bool? IsSent) Unwrap(in CapturedFrame frame)
    {
        var bytes = frame.Bytes;
        switch (frame.LinkType)
        {
            case 1: // Ethernet
                return bytes.Length < 14 ? (null, 0, null) : (Behind(bytes, 12), Mac(bytes.Span[6..]), null);
            case 0 or 108: // the loopback of BSD: a family in 4 bytes
                return (bytes.Length > 4 ? bytes[4..] : default(ReadOnlyMemory<byte>?), null, false);
            case 12 or 14 or 101 or 228 or 229: // raw IP
                return (bytes, null, false);
            case 113: // Linux 'any'
                return bytes.Length < 16 ? (null, 0, null) : (Behind(bytes, 14), SllMac(bytes.Span, 4, 6), IsOutgoing(bytes.Span));
            case 276: // the same, version 2
                return bytes.Length < 20 || !IsIp(BinaryPrimitives.ReadUInt16BigEndian(bytes.Span))
                    ? (null, 0, null)
                    : (bytes[20..], SllMac(bytes.Span, 11, 12), bytes.Span[10] == 4);
            default:
                return (null, null, null);
        }
    }

    private static bool IsIp(ushort etherType) => etherType is EtherTypeV4 or EtherTypeV6;

    private static bool IsOutgoing(ReadOnlySpan<byte> cooked) => BinaryPrimitives.ReadUInt16BigEndian(cooked) == 4;

    /// <summary>What follows the EtherType at an offset, VLAN tags passed over; null where it is no IP.</summary>
    private static ReadOnlyMemory<byte>? Behind(ReadOnlyMemory<byte> bytes, int offset)
    {
        while (bytes.Length >= offset + 2)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[offset..]);
            if (type is not (0x8100 or 0x88A8 or 0x9100))
            {
                return IsIp(type) ? bytes[(offset + 2)..] : default(ReadOnlyMemory<byte>?);
            }
            offset += 4;
        }
        return null;
    }

    private static ulong Mac(ReadOnlySpan<byte> bytes) =>
        ((ulong)BinaryPrimitives.ReadUInt16BigEndian(bytes) << 32) | BinaryPrimitives.ReadUInt32BigEndian(bytes[2..]);

    /// <summary>The address in a cooked header: Ethernet's, if its length is 6.</summary>
    private static ulong? SllMac(ReadOnlySpan<byte> bytes, int lengthOffset, int addressOffset)
    {
        var length = lengthOffset == 4 ? BinaryPrimitives.ReadUInt16BigEndian(bytes[lengthOffset..]) : bytes[lengthOffset];
        return length == 6 ? Mac(bytes[addressOffset..]) : null;
    }
}
