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

    /// <summary>Whether two codes of a wide dimension have anything in common.</summary>
    public static bool Overlap(ulong left, ulong right) => (uint)left < (uint)(right >> 32) && (uint)right < (uint)(left >> 32);

    /// <summary>Whether a code of a wide dimension holds another.</summary>
    public static bool Spans(ulong code, ulong other) => (uint)code <= (uint)other && (uint)(code >> 32) >= (uint)(other >> 32);

    /// <summary>Whether some packet of a box satisfies all tests.</summary>
    public static bool Meets(ReadOnlySpan<ulong> box, ReadOnlySpan<SpaceTest> tests, int narrowCount)
    {
        foreach (ref readonly var test in tests)
        {
            var (own, code) = (box[test.Dimension], test.Code);
            if (test.Dimension < narrowCount ? (own & code) == 0 : (uint)code >= (uint)(own >> 32) || (uint)own >= (uint)(code >> 32))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>How many dimensions of a box tests narrow: 0 where every packet satisfies them, -1 where none does.</summary>
    public static int Narrowed(ReadOnlySpan<ulong> box, ReadOnlySpan<SpaceTest> tests, int narrowCount)
    {
        var narrowed = 0;
        foreach (ref readonly var test in tests)
        {
            var own = box[test.Dimension];
            var common = Meet(own, test.Code, test.Dimension < narrowCount);
            if (common == Nothing)
            {
                return -1;
            }
            narrowed += common == own ? 0 : 1;
        }
        return narrowed;
    }

    /// <summary>Whether every packet of a box is in another.</summary>
    public static bool Holds(ReadOnlySpan<ulong> box, ReadOnlySpan<ulong> other, int narrowCount)
    {
        for (var i = 0; i < box.Length; i++)
        {
            if (Meet(box[i], other[i], i < narrowCount) != other[i])
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether two boxes have any packet in common.</summary>
    public static bool Overlap(ReadOnlySpan<ulong> box, ReadOnlySpan<ulong> other, int narrowCount)
    {
        for (var i = 0; i < box.Length; i++)
        {
            if (Meet(box[i], other[i], i < narrowCount) == Nothing)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>The packets of a box that satisfy tests which some of them do.</summary>
    public static ulong[] Common(ulong[] box, ReadOnlySpan<SpaceTest> tests, int narrowCount)
    {
        ulong[] common = [.. box];
        foreach (var (dimension, code) in tests)
        {
            common[dimension] = Meet(common[dimension], code, dimension < narrowCount);
        }
        return common;
    }
}
