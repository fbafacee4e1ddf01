using System.Numerics;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Packets of a box that are tried first.</summary>
internal static class Corners
{
    /// <summary>Number of packets of each box.</summary>
    public const int Count = 4;

    /// <summary>A class of each dimension: the lowest, the highest, the middle one, the second.</summary>
    /// <param name="layout">The dimensions.</param>
    /// <param name="box">The box.</param>
    /// <param name="corner">0 to <see cref="Count"/> - 1.</param>
    /// <param name="point">Takes the packet.</param>
    public static void Choose(SpaceLayout layout, ReadOnlySpan<ulong> box, int corner, Span<ulong> point)
    {
        for (var i = 0; i < box.Length; i++)
        {
            var code = box[i];
            if (i < layout.NarrowCount)
            {
                point[i] = (corner & 1) == 0 ? code & (~code + 1) : 1UL << (63 - BitOperations.LeadingZeroCount(code));
                continue;
            }
            var (low, end) = ((uint)code, (uint)(code >> 32));
            var cls = corner switch
            {
                0 => low,
                1 => end - 1,
                2 => (low + end) / 2,
                _ => Math.Min(low + 1, end - 1),
            };
            point[i] = Dimension.Interval((int)cls, (int)cls);
        }
    }
}
