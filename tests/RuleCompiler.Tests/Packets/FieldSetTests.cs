using CsCheck;
using NUnit.Framework;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Packets;

/// <summary>The algebra of sets, value by value over a field of eight bits.</summary>
internal sealed class FieldSetTests
{
    private const int Width = 8;
    private const int Max = 255;

    private static readonly Gen<Interval> Intervals =
        Gen.Select(Gen.Byte, Gen.Byte, (a, b) => new Interval(Math.Min(a, b), Math.Max(a, b)));

    private static readonly Gen<FieldSet> Sets = Gen.Select(
        Gen.OneOf(
            Intervals.Array[0, 5].Select(FieldSet.Union),
            Gen.Select(Gen.Byte, Gen.Byte, (bits, mask) => FieldSet.Masked((UInt128)(bits & mask), mask, Width)),
            Gen.Byte.Select(mask => FieldSet.AnyBit(mask))),
        Gen.Bool,
        Gen.Bool,
        (set, hasAbsent, isComplement) => isComplement ? set.WithAbsent(hasAbsent).Complement(Max) : set.WithAbsent(hasAbsent));

    [Test]
    public void Complement_has_exactly_what_the_set_has_not() => Sets.Sample(set =>
    {
        var complement = set.Complement(Max);
        return Values(complement).SequenceEqual(AllValues.Except(Values(set)))
            && complement.IncludesAbsent != set.IncludesAbsent;
    });

    [Test]
    public void Complement_of_the_complement_is_the_set() =>
        Sets.Sample(set => set.Complement(Max).Complement(Max).Equals(set));

    [Test]
    public void Intervals_hold_what_a_bit_test_does() => Sets.Sample(set =>
        set.AsIntervals(Max, 256) is { IsMasked: false } intervals && intervals.IncludesAbsent == set.IncludesAbsent
        && Values(intervals).SequenceEqual(Values(set)));

    [TestCase(3, ExpectedResult = true)]
    [TestCase(4, ExpectedResult = false)]
    public bool A_bit_test_of_more_intervals_stays_one(int most) => FieldSet.Masked(0, 0b1010_1111, Width).AsIntervals(Max, most).IsMasked;

    [Test]
    public void Union_has_what_any_interval_has() => Intervals.Array[0, 8].Sample(intervals =>
        Values(FieldSet.Union(intervals)).SequenceEqual(AllValues.Where(v => intervals.Any(i => i.Contains((UInt128)v)))));

    [Test]
    public void Except_has_what_the_other_set_has_not() => Gen.Select(Sets, Sets).Where((a, b) => !a.IsMasked && !b.IsMasked).Sample((a, b) =>
        Values(a.Except(b)).SequenceEqual(Values(a).Except(Values(b))) && !a.Except(b).IncludesAbsent);

    [Test]
    public void Masked_set_has_the_values_whose_bits_are_so() => Gen.Select(Gen.Byte, Gen.Byte).Sample((bits, mask) =>
        Values(FieldSet.Masked(bits, mask, Width)).SequenceEqual(AllValues.Where(v => (v & mask) == bits)));

    [Test]
    public void AnyBit_has_the_values_that_share_a_bit() => Gen.Byte.Sample(mask =>
        Values(FieldSet.AnyBit(mask)).SequenceEqual(AllValues.Where(v => (v & mask) != 0)));

    [Test]
    public void Sets_of_intervals_are_equal_exactly_when_they_have_the_same_values() =>
        Gen.Select(Sets, Sets).Where((a, b) => !a.IsMasked && !b.IsMasked).Sample((a, b) =>
            a.Equals(b) == (Values(a).SequenceEqual(Values(b)) && a.IncludesAbsent == b.IncludesAbsent)
            && (!a.Equals(b) || a.GetHashCode() == b.GetHashCode()));

    [Test]
    public void Union_does_not_hang_on_the_order_or_on_how_it_is_cut() =>
        Gen.Select(Intervals.Array[1, 6], Gen.Byte).Sample((intervals, cut) => FieldSet.Union(intervals).Equals(
            FieldSet.Union(intervals.Reverse().SelectMany(interval => Cut(interval, cut)))));

    [Test]
    public void Empty_is_what_has_neither_value_nor_absent() =>
        Sets.Where(set => !set.IsMasked).Sample(set => set.IsEmpty == (Values(set).Length == 0 && !set.IncludesAbsent));

    [Test]
    public void Prefix_masks_are_intervals() => Gen.Select(Gen.Byte, Gen.Int[0, Width]).Sample((bits, length) =>
    {
        var mask = (UInt128)((Max << (Width - length)) & Max);
        return !FieldSet.Masked(bits & mask, mask, Width).IsMasked;
    });

    [Test]
    public void Largest_value_is_no_edge() => Assert.Multiple(() =>
    {
        var top = FieldSet.Range(UInt128.MaxValue - 1, UInt128.MaxValue);
        Assert.That(top.Contains(UInt128.MaxValue));
        Assert.That(top.Complement(UInt128.MaxValue).Contains(UInt128.MaxValue), Is.False);
        Assert.That(FieldSet.Present.Complement(UInt128.MaxValue).WithAbsent(false).IsEmpty);
        Assert.That(
            FieldSet.Union([new(0, UInt128.MaxValue), new(3, 4)]), Is.EqualTo(FieldSet.Range(0, UInt128.MaxValue)));
        Assert.That(FieldSet.Masked(UInt128.MaxValue, UInt128.MaxValue, 128), Is.EqualTo(FieldSet.Of(UInt128.MaxValue)));
    });

    private static IEnumerable<int> AllValues => Enumerable.Range(0, Max + 1);

    private static int[] Values(FieldSet set) => [.. AllValues.Where(v => set.Contains((UInt128)v))];

    private static IEnumerable<Interval> Cut(Interval interval, UInt128 at) =>
        at > interval.Low && at <= interval.High
            ? [new Interval(interval.Low, at - 1), new Interval(at, interval.High)]
            : [interval];
}
