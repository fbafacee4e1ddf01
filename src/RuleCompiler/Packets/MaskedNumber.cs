namespace RuleCompiler.Packets;

/// <summary>A 32-bit number of which only some bits are known, or count.</summary>
/// <param name="Value">The bits.</param>
/// <param name="Mask">Which of them are known, or count.</param>
public readonly record struct MaskedNumber(uint Value, uint Mask)
{
    /// <summary>All 32 bits.</summary>
    public static MaskedNumber Exact(uint value) => new(value, uint.MaxValue);
}
