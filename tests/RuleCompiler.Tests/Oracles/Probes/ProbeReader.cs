using System.Globalization;
using System.Net;

namespace RuleCompiler.Tests.Oracles.Probes;

/// <summary>Reads the packet expressions that can be sent for real.</summary>
internal static class ProbeReader
{
    private static readonly string[] FlagNames = ["FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"];

    /// <exception cref="NotSupportedException">The oracle cannot make such a packet; the message says why.</exception>
    public static ProbePacket Read(string expression)
    {
        var words = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var (source, sourcePort) = ReadEnd(words[1]);
        var (destination, destinationPort) = ReadEnd(words[3]);
        var packet = new ProbePacket
        {
            Protocol = ProbeProtocol.Read(words[0]),
            Source = source,
            SourcePort = sourcePort,
            Destination = destination,
            DestinationPort = destinationPort,
        };
        for (var index = 4; index < words.Length;)
        {
            var clause = words[index++];
            packet = clause == "fragment"
                ? packet with { IsLaterFragment = true }
                : ReadClause(packet, clause, words[index++]);
        }

        return packet.User is null && packet.Group is null
            ? packet
            : packet with { User = packet.User ?? 0, Group = packet.Group ?? 0 };
    }

    private static ProbePacket ReadClause(ProbePacket packet, string clause, string value) => clause switch
    {
        "in" => packet with { In = value },
        "out" => packet,
        "uid" => packet with { User = uint.Parse(value) },
        "gid" => packet with { Group = uint.Parse(value) },
        "groups" => packet with { Groups = [.. value.Split(',').Select(uint.Parse)] },
        "socket" when value == "none" => packet,
        "state" => packet with { State = value },
        "dir" => packet with { IsReply = value == "reply" },
        "options" => packet with { Options = [.. value.Split(',').Select(byte.Parse)] },
        "mss" => packet with { SegmentSize = ushort.Parse(value) },
        "mark" when !value.Contains('/') => packet with { Mark = ReadNumber(value) },
        "flags" => packet with { Flags = ReadFlags(value) },
        "type" => ReadType(packet, value),
        "length" => packet with { Length = int.Parse(value) },
        "ttl" or "hl" => packet with { TimeToLive = byte.Parse(value) },
        "tos" => packet with { TypeOfService = (byte)ReadNumber(value) },
        "dscp" => packet with { TypeOfService = (byte)(ReadNumber(value) << 2) },
        "exthdr" => packet with { Headers = value.Split(',') },
        "mac" => packet with { SourceMac = [.. value.Split(':').Select(part => Convert.ToByte(part, 16))] },
        _ => throw new NotSupportedException($"the oracle makes no packet with '{clause} {value}'"),
    };

    private static (IPAddress Address, ushort Port) ReadEnd(string text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            return (IPAddress.Parse(text[1..end]), end + 1 < text.Length ? ushort.Parse(text[(end + 2)..]) : (ushort)0);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && colon == text.LastIndexOf(':')
            ? (IPAddress.Parse(text[..colon]), ushort.Parse(text[(colon + 1)..]))
            : (IPAddress.Parse(text), (ushort)0);
    }

    private static uint ReadNumber(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? uint.Parse(text[2..], NumberStyles.HexNumber)
        : uint.Parse(text);

    private static byte ReadFlags(string text) => text == "NONE"
        ? (byte)0
        : (byte)text.Split(',').Sum(name => 1 << Array.IndexOf(FlagNames, name));

    private static ProbePacket ReadType(ProbePacket packet, string text)
    {
        var parts = text.Split('/');
        var isV6 = packet.Protocol == ProbeProtocol.IcmpV6;
        var type = parts[0] switch
        {
            "echo-request" => isV6 ? 128 : 8,
            "echo-reply" => isV6 ? 129 : 0,
            "destination-unreachable" => isV6 ? 1 : 3,
            "time-exceeded" => isV6 ? 3 : 11,
            var number => byte.Parse(number),
        };
        return packet with { IcmpType = (byte)type, IcmpCode = parts.Length > 1 ? byte.Parse(parts[1]) : (byte)0 };
    }
}
