using System.Collections.Immutable;
using System.Diagnostics;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>
/// The values that a field may still have, by what the packet says and what was assumed so far: never an empty set.
/// </summary>
/// <remarks>
/// A conjunction of three things: intervals, one fixed pattern of bits, and patterns that the value must not show.
/// Whether a further condition leaves a value is decided exactly. Without forbidden patterns that is a search of the
/// next number with the fixed bits in each interval; a forbidden pattern is met by fixing one of its bits to the
/// opposite, tried bit by bit. Its cost is exponential only in the number of forbidden patterns, which is the number
/// of different holed masks that rules ask for on one packet's way.
/// </remarks>
internal sealed record FieldKnowledge
{
    private readonly ImmutableArray<Interval> _intervals;
    private readonly UInt128 _bits;
    private readonly UInt128 _mask;
    private readonly ImmutableArray<(UInt128 Bits, UInt128 Mask)> _forbidden;
    private readonly UInt128 _max;

    private FieldKnowledge(
        ImmutableArray<Interval> intervals,
        UInt128 bits,
        UInt128 mask,
        ImmutableArray<(UInt128 Bits, UInt128 Mask)> forbidden,
        UInt128 max)
    {
        _intervals = intervals;
        _bits = bits;
        _mask = mask;
        _forbidden = forbidden;
        _max = max;
    }

    /// <summary>Any value up to <paramref name="max"/>.</summary>
    public static FieldKnowledge Nothing(UInt128 max) => Range(0, max, max);

    /// <summary>Any value from <paramref name="low"/> to <paramref name="high"/>.</summary>
    public static FieldKnowledge Range(UInt128 low, UInt128 high, UInt128 max) => new([new Interval(low, high)], 0, 0, [], max);

    /// <summary>Any value with these bits.</summary>
    public static FieldKnowledge Bits(UInt128 bits, UInt128 mask, UInt128 max) => new([new Interval(0, max)], bits & mask, mask, [], max);

    /// <summary>Whether the value is in <paramref name="set"/>; null where it may be or not.</summary>
    public bool? IsIn(FieldSet set) =>
        With(set, true) is null ? false
        : With(set, false) is null ? true
        : null;

    /// <summary>The same values as far as they are in <paramref name="set"/>, or not in it; null where none is left.</summary>
    public FieldKnowledge? With(FieldSet set, bool isIn)
    {
        var wanted = isIn ? set : set.Complement(_max);
        FieldKnowledge next;
        if (!wanted.IsMasked)
        {
            next = new(FieldSet.Intersect(_intervals, wanted.Ranges), _bits, _mask, _forbidden, _max);
        }
        else if (wanted.IsNegated)
        {
            next = new(_intervals, _bits, _mask, _forbidden.Add((wanted.Bits, wanted.Mask)), _max);
        }
        else if (((wanted.Bits ^ _bits) & wanted.Mask & _mask) != 0)
        {
            return null;
        }
        else
        {
            next = new(_intervals, _bits | wanted.Bits, _mask | wanted.Mask, _forbidden, _max);
        }
        return next.FindValue() is null ? null : next;
    }

    /// <summary>One of the values.</summary>
    public UInt128 AnyValue() => FindValue() ?? throw new UnreachableException();

    private UInt128? FindValue() => FindValue(_intervals, _bits, _mask, _forbidden.AsSpan(), _max);

    private static UInt128? FindValue(
        ImmutableArray<Interval> intervals,
        UInt128 bits,
        UInt128 mask,
        ReadOnlySpan<(UInt128 Bits, UInt128 Mask)> forbidden,
        UInt128 max)
    {
        var found = intervals.Select(i => FindValue(i, bits, mask)).FirstOrDefault(value => value is not null);
        if (found is null || forbidden.IsEmpty)
        {
            return found;
        }
        var (patternBits, patternMask) = forbidden[0];
        if (((patternBits ^ bits) & patternMask & mask) != 0)
        {
            return FindValue(intervals, bits, mask, forbidden[1..], max);
        }
        for (var free = patternMask & ~mask & max; free != 0; free &= free - 1)
        {
            var bit = free & (~free + 1);
            if (FindValue(intervals, bits | (~patternBits & bit), mask | bit, forbidden[1..], max) is { } value)
            {
                return value;
            }
        }
        return null;
    }

    /// <summary>The smallest number of an interval with the given bits under the mask; null for none.</summary>
    private static UInt128? FindValue(Interval interval, UInt128 bits, UInt128 mask)
    {
        var wrong = (interval.Low ^ bits) & mask;
        if (wrong == 0)
        {
            return interval.Low;
        }
        // The smallest such number above Low first differs from it in a bit that is 0 there and may become 1:
        // the highest wrong bit if it is wanted 1, else a free bit above it.
        var highestWrong = UInt128.One << (127 - (int)UInt128.LeadingZeroCount(wrong));
        UInt128 raised;
        if ((bits & highestWrong) != 0)
        {
            raised = highestWrong;
        }
        else
        {
            var candidates = ~interval.Low & ~mask & ~(highestWrong | (highestWrong - 1));
            if (candidates == 0)
            {
                return null;
            }
            raised = candidates & (~candidates + 1);
        }
        var smallest = (interval.Low & ~(raised | (raised - 1))) | raised;
        smallest = (smallest & ~mask) | bits;
        return smallest <= interval.High ? smallest : null;
    }
}
