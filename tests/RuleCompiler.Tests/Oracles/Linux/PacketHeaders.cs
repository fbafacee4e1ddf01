using System.Buffers.Binary;
using System.Net;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>Source and destination as a trace event shows them.</summary>
internal sealed record PacketHeaders(string Source, string Destination)
{
    /// <summary>Reads them; addresses with ports where the protocol has some.</summary>
    public static PacketHeaders Read(TraceEvent read)
    {
        var network = read.NetworkHeader.Span;
        var transport = read.TransportHeader.Span;
        var isV6 = IsV6(network);
        var (start, length) = isV6 ? (8, 16) : (12, 4);
        var hasPorts = ProbeProtocol.HasPorts(network[isV6 ? 6 : 9]) && transport.Length >= 4;
        return new PacketHeaders(
            End(network.Slice(start, length), hasPorts ? transport : default),
            End(network.Slice(start + length, length), hasPorts ? transport[2..] : default));
    }

    /// <summary>The tag that the probe's frame was given.</summary>
    public static int Tag(ReadOnlySpan<byte> network) => IsV6(network)
        ? (int)(BinaryPrimitives.ReadUInt32BigEndian(network) & 0xfffff)
        : BinaryPrimitives.ReadUInt16BigEndian(network[4..]);

    private static bool IsV6(ReadOnlySpan<byte> network) => network[0] >> 4 == 6;

    private static string End(ReadOnlySpan<byte> address, ReadOnlySpan<byte> port)
    {
        var text = new IPAddress(address).ToString();
        if (port.IsEmpty)
        {
            return text;
        }

        var number = BinaryPrimitives.ReadUInt16BigEndian(port);
        return address.Length == 16 ? $"[{text}]:{number}" : $"{text}:{number}";
    }
}
