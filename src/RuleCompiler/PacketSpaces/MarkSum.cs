namespace RuleCompiler.PacketSpaces;

/// <summary>Bits of a mark as the exclusive or of what packet and connection came with, and a number.</summary>
/// <param name="Sources">The marks in it.</param>
/// <param name="Bits">The number.</param>
internal readonly record struct MarkSum(MarkSources Sources, uint Bits)
{
    public static MarkSum operator ^(MarkSum one, MarkSum other) => new(one.Sources ^ other.Sources, one.Bits ^ other.Bits);
}
