using System.Numerics;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Counts the packets of boxes: every value of every field but interfaces, of which the names told apart count.</summary>
/// <remarks>What a code of a dimension comes to is remembered, since boxes of one region mostly share them. Serves one thread.</remarks>
/// <param name="layout">The dimensions.</param>
internal sealed class BoxCounter(SpaceLayout layout)
{
    private readonly Dictionary<(int Dimension, ulong Code), BigInteger> _known = [];

    /// <summary>How many packets a box has.</summary>
    public BigInteger Count(ulong[] box)
    {
        var count = BigInteger.One;
        for (var d = 0; d < box.Length; d++)
        {
            if (layout.MarkPartOf(d) is { Difference: { } difference } part && (difference.Index == d || part.IsLimitedBy(box)))
            {
                // How the marks differ follows from them; where it is limited, the three are counted as one.
                count *= difference.Index == d && part.IsLimitedBy(box) ? part.Count(box) : BigInteger.One;
                continue;
            }
            if (!_known.TryGetValue((d, box[d]), out var own))
            {
                _known[(d, box[d])] = own = CountOf(layout.Dimensions[d], box[d]);
            }
            count *= own;
        }
        return count;
    }

    private static BigInteger CountOf(Dimension dimension, ulong code)
    {
        if (dimension.Field is PacketField.InInterface or PacketField.OutInterface or PacketField.PhysicalIn or PacketField.PhysicalOut)
        {
            return dimension.IsNarrow ? BitOperations.PopCount(code) : (uint)(code >> 32) - (uint)code;
        }
        var count = BigInteger.Zero;
        foreach (var set in dimension.SetsOf(code))
        {
            count += set.IncludesAbsent ? 1 : 0;
            count += CountOf(set, dimension is MarkDimension mark ? BitOperations.PopCount(mark.Mask) : 0);
        }
        return count;
    }

    /// <param name="set">The values.</param>
    /// <param name="bits">Of a part of a mark: how many bits it has.</param>
    private static BigInteger CountOf(FieldSet set, int bits)
    {
        if (set.IsMasked)
        {
            var one = BigInteger.One << (bits - (int)UInt128.PopCount(set.Mask));
            return set.IsNegated ? (BigInteger.One << bits) - one : one;
        }
        var count = BigInteger.Zero;
        foreach (var (low, high) in set.Ranges)
        {
            count += (BigInteger)high - low + 1;
        }
        return bits is > 0 and < 32 ? count >> (32 - bits) : count;
    }
}
