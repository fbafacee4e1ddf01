namespace RuleCompiler.Packets;

/// <summary>Writes a set of small numbers as disjoint bit tests.</summary>
internal static class BitCubes
{
    /// <summary>Tests <c>(value &amp; Mask) == Bits</c> of which each value in the set satisfies one.</summary>
    /// <param name="contains">The set.</param>
    /// <param name="width">Bits of a value, at most 16.</param>
    public static List<(uint Bits, uint Mask)> Of(Func<UInt128, bool> contains, int width)
    {
        var values = Enumerable.Range(0, 1 << width).Select(value => contains((UInt128)value)).ToArray();
        var cubes = new List<(uint, uint)>();
        Add(0, 0);
        return cubes;

        void Add(uint bits, uint mask)
        {
            var (inside, total) = CountIn(values, bits, mask);
            if (inside == total)
            {
                cubes.Add((bits, mask));
            }
            else if (inside > 0)
            {
                var bit = 1u << Enumerable.Range(0, width).Where(b => (mask >> b & 1) == 0).MinBy(b => Mixed(values, bits, mask, 1u << b));
                Add(bits | bit, mask | bit);
                Add(bits, mask | bit);
            }
        }
    }

    /// <summary>How mixed the two halves are; 0 where each is all in the set or all out of it.</summary>
    private static int Mixed(bool[] values, uint bits, uint mask, uint bit)
    {
        var sum = 0;
        foreach (var half in (ReadOnlySpan<uint>)[bits, bits | bit])
        {
            var (inside, total) = CountIn(values, half, mask | bit);
            sum += Math.Min(inside, total - inside);
        }
        return sum;
    }

    private static (int Inside, int Total) CountIn(bool[] values, uint bits, uint mask)
    {
        int inside = 0, total = 0;
        for (var value = 0u; value < values.Length; value++)
        {
            if ((value & mask) == bits)
            {
                total++;
                inside += values[value] ? 1 : 0;
            }
        }
        return (inside, total);
    }
}
