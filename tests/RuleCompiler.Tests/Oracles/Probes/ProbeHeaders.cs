using System.Buffers.Binary;

namespace RuleCompiler.Tests.Oracles.Probes;

/// <summary>Writes the IPv6 extension headers of a probe.</summary>
internal static class ProbeHeaders
{
    private const int LaterOffset = 800; // of a later fragment, in bytes

    /// <summary>The protocol number that the IPv6 header bears.</summary>
    public static byte First(ProbePacket probe) => Numbers(probe)[0];

    public static byte[] Of(ProbePacket probe, int identification)
    {
        var numbers = Numbers(probe);
        return [.. numbers.SkipLast(1).SelectMany((number, place) => Header(number, numbers[place + 1], probe.IsLaterFragment ? LaterOffset : 0, identification))];
    }

    /// <summary>The protocols in order, the last header's too; a later fragment has the header that says so.</summary>
    private static List<byte> Numbers(ProbePacket probe)
    {
        List<byte> numbers = [.. probe.Headers.Select(Number)];
        if (probe.IsLaterFragment && probe.IsV6 && !numbers.Contains(44))
        {
            numbers.Add(44);
        }

        numbers.Add(probe.Protocol);
        return numbers;
    }

    private static byte Number(string name) => name switch
    {
        "hop" => 0,
        "route" => 43,
        "frag" => 44,
        "auth" => 51,
        "dst" => 60,
        _ => throw new NotSupportedException($"the oracle makes no packet with the header '{name}'"),
    };

    private static byte[] Header(byte number, byte next, int offset, int identification)
    {
        const byte padN = 1;
        byte[] bytes = number switch
        {
            43 => [next, 0, 4, 0, 0, 0, 0, 0], // a segment routing header at its end
            44 => [next, 0, (byte)(offset >> 8), (byte)offset, 0, 0, 0, 0],
            51 => [next, 4, .. new byte[22]],
            _ => [next, 0, padN, 4, 0, 0, 0, 0],
        };
        if (number == 44)
        {
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), identification);
        }

        return bytes;
    }
}
