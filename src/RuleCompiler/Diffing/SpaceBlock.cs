using System.Numerics;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>A product of unions: for each dimension the codes of which a packet has one. What one expression can say.</summary>
/// <param name="codes">By dimension, upward and disjoint; one for a narrow dimension.</param>
internal sealed class SpaceBlock(ulong[][] codes)
{
    private int[]? _hashes;
    private int _hash;

    public ulong[][] Codes { get; } = codes;

    /// <summary>A hash of all dimensions but one, or of all for -1; each is hashed once.</summary>
    public int HashWithout(int dimension)
    {
        if (_hashes is null)
        {
            _hashes = new int[Codes.Length];
            for (var d = 0; d < Codes.Length; d++)
            {
                var hash = default(HashCode);
                hash.Add(d);
                foreach (var code in Codes[d])
                {
                    hash.Add(code);
                }
                _hashes[d] = hash.ToHashCode();
                _hash ^= _hashes[d];
            }
        }
        return dimension < 0 ? _hash : _hash ^ _hashes[dimension];
    }

    public static SpaceBlock Of(ulong[] box) => new([.. box.Select(code => new[] { code })]);

    /// <summary>The same block with other codes of a dimension.</summary>
    public SpaceBlock With(int dimension, ulong[] codes)
    {
        var copy = (ulong[][])Codes.Clone();
        copy[dimension] = codes;
        return new SpaceBlock(copy);
    }

    /// <summary>How many packets, counting every value of every field but interfaces, of which the names told apart count.</summary>
    public BigInteger Count(SpaceLayout layout)
    {
        var count = BigInteger.One;
        for (var d = 0; d < Codes.Length; d++)
        {
            var sum = BigInteger.Zero;
            foreach (var code in Codes[d])
            {
                sum += CountOf(layout.Dimensions[d], code);
            }
            count *= sum;
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
