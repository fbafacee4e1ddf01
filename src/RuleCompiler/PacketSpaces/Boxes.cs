namespace RuleCompiler.PacketSpaces;

/// <summary>Operations on codes and boxes (<see cref="Dimension"/>, <see cref="SpaceLayout"/>).</summary>
internal static class Boxes
{
    /// <summary>The code of no class at all.</summary>
    public const ulong Nothing = 0;

    /// <summary>What two codes of a dimension have in common; <see cref="Nothing"/> where that is nothing.</summary>
    public static ulong Meet(ulong left, ulong right, bool isNarrow)
    {
        if (isNarrow)
        {
            return left & right;
        }
        var low = Math.Max((uint)left, (uint)right);
        var end = Math.Min((uint)(left >> 32), (uint)(right >> 32));
        return low < end ? low | ((ulong)end << 32) : Nothing;
    }
}
