using System.Collections.Immutable;

namespace RuleCompiler.Packets;

/// <summary>A set of values of one field, with or without 'the field is absent'.</summary>
/// <remarks>
/// Two forms: sorted disjoint intervals, or a bit test <c>(value &amp; mask) == bits</c>, possibly negated,
/// for masks that are no prefix. Equal sets of the same form are equal objects, so sets can be interned.
/// </remarks>
internal sealed class FieldSet : IEquatable<FieldSet>
{
    private readonly int _hash;

    private FieldSet(ImmutableArray<Interval> intervals, bool isMasked, bool isNegated, bool includesAbsent)
    {
        Intervals = intervals;
        IsMasked = isMasked;
        IsNegated = isNegated;
        IncludesAbsent = includesAbsent;
        var hash = HashCode.Combine(isMasked, isNegated, includesAbsent, intervals.Length);
        foreach (var interval in intervals)
        {
            hash = HashCode.Combine(hash, (ulong)interval.Low, (ulong)(interval.Low >> 64), (ulong)interval.High);
        }
        _hash = hash;
    }

    /// <summary>No value, and not absent.</summary>
    public static FieldSet Empty { get; } = new([], false, false, false);

    /// <summary>Every value, but not absent: 'the field is there'.</summary>
    public static FieldSet Present { get; } = new([new Interval(0, UInt128.MaxValue)], false, false, false);

    /// <summary>Sorted, disjoint, not adjacent; for the bit test one entry: Low holds the bits, High the mask.</summary>
    private ImmutableArray<Interval> Intervals { get; }

    /// <summary>Whether this is the bit-test form.</summary>
    public bool IsMasked { get; }

    /// <summary>For the bit-test form: whether the test must fail.</summary>
    public bool IsNegated { get; }

    /// <summary>Whether a packet without the field is in the set.</summary>
    public bool IncludesAbsent { get; }

    /// <summary>Whether no value is in the set and neither is 'absent'.</summary>
    public bool IsEmpty => !IsMasked && Intervals.IsEmpty && !IncludesAbsent;

    /// <summary>The bit-test form's mask.</summary>
    public UInt128 Mask => IsMasked ? Intervals[0].High : throw new InvalidOperationException();

    /// <summary>The bit-test form's wanted bits.</summary>
    public UInt128 Bits => IsMasked ? Intervals[0].Low : throw new InvalidOperationException();

    /// <summary>The interval form's intervals.</summary>
    public ImmutableArray<Interval> Ranges => IsMasked ? throw new InvalidOperationException() : Intervals;

    public static FieldSet Of(UInt128 value) => new([new Interval(value, value)], false, false, false);

    /// <returns><see cref="Empty"/> where <paramref name="low"/> is above <paramref name="high"/>.</returns>
    public static FieldSet Range(UInt128 low, UInt128 high) =>
        low > high ? Empty : new([new Interval(low, high)], false, false, false);

    public static FieldSet Range(Interval interval) => Range(interval.Low, interval.High);

    /// <summary>The union of <paramref name="intervals"/>, given in any order.</summary>
    public static FieldSet Union(IEnumerable<Interval> intervals)
    {
        List<Interval> sorted = [.. intervals], merged = new(sorted.Count);
        sorted.Sort(static (left, right) => left.Low.CompareTo(right.Low));
        foreach (var next in sorted)
        {
            if (merged.Count > 0 && merged[^1] is var last && (last.High == UInt128.MaxValue || next.Low <= last.High + 1))
            {
                merged[^1] = new Interval(last.Low, UInt128.Max(last.High, next.High));
            }
            else
            {
                merged.Add(next);
            }
        }
        return merged.Count == 0 ? Empty : new([.. merged], false, false, false);
    }

    /// <summary>Values with <c>(value &amp; mask) == bits</c>.</summary>
    /// <param name="bits">Bits outside <paramref name="mask"/> make the set empty.</param>
    /// <param name="mask">Which bits count.</param>
    /// <param name="width">Bits of the field, 1 to 128: a mask that is a prefix of them gives an interval.</param>
    public static FieldSet Masked(UInt128 bits, UInt128 mask, int width)
    {
        var all = UInt128.MaxValue >> (128 - width);
        if ((bits & ~mask) != 0)
        {
            return Empty;
        }
        var rest = all & ~mask;
        return (rest & (rest + 1)) == 0
            ? Range(bits, bits | rest)
            : new([new Interval(bits, mask & all)], true, false, false);
    }

    /// <summary>Values that have at least one bit of <paramref name="mask"/>.</summary>
    public static FieldSet AnyBit(UInt128 mask) => new([new Interval(0, mask)], true, true, false);

    /// <summary>The same values, with or without 'absent'.</summary>
    public FieldSet WithAbsent(bool included) =>
        included == IncludesAbsent ? this : new(Intervals, IsMasked, IsNegated, included);

    /// <summary>All values of the field that are not in this set; 'absent' changes sides too.</summary>
    /// <param name="max">The field's largest value (<see cref="PacketFieldInfo.Max"/>).</param>
    public FieldSet Complement(UInt128 max)
    {
        if (IsMasked)
        {
            return new(Intervals, true, !IsNegated, !IncludesAbsent);
        }
        var result = ImmutableArray.CreateBuilder<Interval>(Intervals.Length + 1);
        UInt128 next = 0;
        foreach (var interval in Intervals)
        {
            if (interval.Low > next)
            {
                result.Add(new Interval(next, interval.Low - 1));
            }
            if (interval.High >= max)
            {
                return new(result.DrainToImmutable(), false, false, !IncludesAbsent);
            }
            next = interval.High + 1;
        }
        result.Add(new Interval(next, max));
        return new(result.DrainToImmutable(), false, false, !IncludesAbsent);
    }

    /// <summary>The same set in the interval form, where that takes no more than some intervals; else as it is.</summary>
    /// <param name="max">The field's largest value, all of whose bits are set.</param>
    /// <param name="most">How many intervals it may take.</param>
    public FieldSet AsIntervals(UInt128 max, int most)
    {
        if (!IsMasked)
        {
            return this;
        }
        var low = Mask == 0 ? max : (UInt128.One << (int)UInt128.TrailingZeroCount(Mask)) - 1; // one run of values
        var open = max & ~Mask & ~low;
        if (UInt128.PopCount(open) >= 32 || 1 << (int)UInt128.PopCount(open) > most)
        {
            return this;
        }
        var runs = new List<Interval>();
        UInt128 bits = 0;
        do
        {
            runs.Add(new Interval(Bits | bits, Bits | bits | low));
            bits = (bits - open) & open; // the next of the open bits' values
        }
        while (bits != 0);
        var union = Union(runs);
        return IsNegated ? union.Complement(max).WithAbsent(IncludesAbsent) : union.WithAbsent(IncludesAbsent);
    }

    /// <summary>The values of this set that another has not; without 'absent'.</summary>
    /// <exception cref="InvalidOperationException">One of them is in the bit-test form.</exception>
    public FieldSet Except(FieldSet other) => other.IsMasked
        ? throw new InvalidOperationException()
        : new(Intersect(Ranges, other.Complement(UInt128.MaxValue).Ranges), false, false, false);

    /// <summary>What two lists of intervals, each sorted and disjoint, have in common, as such a list.</summary>
    public static ImmutableArray<Interval> Intersect(ImmutableArray<Interval> left, ImmutableArray<Interval> right)
    {
        var result = ImmutableArray.CreateBuilder<Interval>();
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            var low = UInt128.Max(left[i].Low, right[j].Low);
            var high = UInt128.Min(left[i].High, right[j].High);
            if (low <= high)
            {
                result.Add(new Interval(low, high));
            }
            if (left[i].High < right[j].High)
            {
                i++;
            }
            else
            {
                j++;
            }
        }
        return result.ToImmutable();
    }

    /// <summary>Whether a present value is in the set.</summary>
    public bool Contains(UInt128 value)
    {
        if (IsMasked)
        {
            return ((value & Intervals[0].High) == Intervals[0].Low) != IsNegated;
        }
        foreach (var interval in Intervals)
        {
            if (value <= interval.High)
            {
                return value >= interval.Low;
            }
        }
        return false;
    }

    public bool Equals(FieldSet? other) =>
        other is not null && _hash == other._hash && IsMasked == other.IsMasked && IsNegated == other.IsNegated
        && IncludesAbsent == other.IncludesAbsent && Intervals.AsSpan().SequenceEqual(other.Intervals.AsSpan());

    public override bool Equals(object? obj) => Equals(obj as FieldSet);

    public override int GetHashCode() => _hash;
}
