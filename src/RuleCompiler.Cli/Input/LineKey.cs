using System.Buffers.Binary;
using System.Numerics;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Cli.Input;

/// <summary>What a line is found by: a hash of its bytes, and the class of its source port in place of the port's digits.</summary>
/// <param name="Hash">Of all but the digits.</param>
/// <param name="PortStart">Where the digits begin; the line's length where there are none.</param>
/// <param name="PortEnd">Behind the digits.</param>
/// <param name="PortClass">The port's class; -1 where there is none.</param>
internal readonly record struct LineKey(ulong Hash, int PortStart, int PortEnd, int PortClass)
{
    private static ReadOnlySpan<byte> PortName => "\"sourcePort\":"u8;

    /// <param name="line">The line.</param>
    /// <param name="ports">Source ports that make no difference; null where each may.</param>
    public static LineKey Of(ReadOnlySpan<byte> line, SourcePortClasses? ports)
    {
        var (start, end, portClass) = (line.Length, line.Length, -1);
        if (ports is not null && line.IndexOf(PortName) is var name and >= 0)
        {
            var digits = line[(name + PortName.Length)..].TrimStart((byte)' ');
            var length = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (length > 0 && AsciiValue.TryReadNumber(digits[..length], ushort.MaxValue, out var port))
            {
                start = line.Length - digits.Length;
                (end, portClass) = (start + length, ports.ClassOf((ushort)port));
            }
        }
        return new LineKey(HashOf(line[end..], HashOf(line[..start], (ulong)portClass)), start, end, portClass);
    }

    /// <summary>Takes eight bytes at a time, each word spread over all bits by a multiplication.</summary>
    private static ulong HashOf(ReadOnlySpan<byte> bytes, ulong seed)
    {
        const ulong Odd = 0x9E37_79B9_7F4A_7C15;
        var hash = seed ^ (ulong)bytes.Length;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * Odd, 29);
        }
        foreach (var one in bytes)
        {
            hash = BitOperations.RotateLeft((hash ^ one) * Odd, 29);
        }
        return hash;
    }
}
