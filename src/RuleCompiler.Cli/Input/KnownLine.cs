using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>A line that was read before, and what was printed for it; shared by threads.</summary>
/// <param name="key">What it is found by.</param>
/// <param name="line">Its bytes.</param>
/// <param name="packet">Its packet.</param>
internal sealed class KnownLine(LineKey key, byte[] line, Packet packet)
{
    public Packet Packet { get; } = packet;

    /// <summary>
    /// What the output has of the packet, but for its number; null until it was printed. Whoever prints the line first or again
    /// makes the same of it.
    /// </summary>
    public object? Answer { get; set; }

    /// <summary>Whether a line is this one, the digits of a source port aside that makes no difference.</summary>
    public bool Is(LineKey other, ReadOnlySpan<byte> bytes) =>
        key.Hash == other.Hash && key.PortClass == other.PortClass && key.PortStart == other.PortStart
        && bytes[..key.PortStart].SequenceEqual(line.AsSpan(0, key.PortStart))
        && bytes[other.PortEnd..].SequenceEqual(line.AsSpan(key.PortEnd));
}
