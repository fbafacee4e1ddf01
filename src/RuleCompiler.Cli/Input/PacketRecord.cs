using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>One packet of a list, or why there is none.</summary>
/// <param name="Number">The input's line, 1-based.</param>
/// <param name="Packet">Null where the line is no packet; the same object again for a line that repeats the one before.</param>
/// <param name="Problem">Then what is wrong with it.</param>
internal readonly record struct PacketRecord(long Number, Packet? Packet, string? Problem)
{
    /// <summary>What is kept of the packet's line; the packet may have another source port then, which makes no difference. Null where nothing is.</summary>
    public KnownLine? Line { get; init; }
}
