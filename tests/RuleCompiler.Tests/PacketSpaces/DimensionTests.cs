using CsCheck;
using NUnit.Framework;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Tests.PacketSpaces;

/// <summary>Codes of a dimension against the values they stand for, one by one.</summary>
internal sealed class DimensionTests
{
    private const int Max = 300;

    private static readonly Gen<FieldSet> Sets =
        Gen.Select(Gen.Int[0, Max], Gen.Int[0, Max], (one, other) => new Interval((UInt128)Math.Min(one, other), (UInt128)Math.Max(one, other)))
            .Array[1, 4].Select(Gen.Bool, (intervals, isAbsent) => FieldSet.Union(intervals).WithAbsent(isAbsent));

    /// <summary>Few sets make a bit set of classes, many an interval of them.</summary>
    private static readonly Gen<FieldSet[]> Some = Gen.OneOf(Sets.Array[1, 5], Sets.Array[40, 60]);

    [Test]
    public void Codes_have_the_values_of_the_sets_they_come_from() => Some.Sample(sets =>
    {
        var dimension = Of(sets);
        return sets.All(set =>
        {
            var codes = new List<ulong>();
            dimension.AddCodes(set, codes);
            return Values.All(value => codes.Count(code => Has(dimension, code, value)) == (Contains(set, value) ? 1 : 0))
                && Values.All(value => codes.SelectMany(dimension.SetsOf).Count(one => Contains(one, value)) == (Contains(set, value) ? 1 : 0));
        });
    });

    [Test]
    public void Short_and_long_numbers_have_the_same_classes_and_one_interval_one_code() => Some.Sample(sets =>
    {
        var (words, numbers) = (Of(sets), Of(sets, isLong: true));
        return Values.OfType<int>().Append(Max + 1).All(value => words.ClassOf((UInt128)value) == numbers.ClassOf((UInt128)value))
            && words.ClassOf(UInt128.MaxValue) == numbers.ClassOf(UInt128.MaxValue)
            && sets.All(set =>
            {
                var codes = new List<ulong>();
                words.AddCodes(set, codes);
                return words.CodeOf(set) == numbers.CodeOf(set) && words.CodeOf(set) == (set is { Ranges.Length: 1, IncludesAbsent: false } ? codes.Single() : null);
            });
    });

    [Test]
    public void Meet_and_difference_are_those_of_the_values() => Some.Sample(sets =>
    {
        var dimension = Of(sets);
        var codes = new List<ulong> { dimension.Full, dimension.Present, dimension.Absent };
        foreach (var set in sets.Take(5))
        {
            dimension.AddCodes(set, codes);
        }
        return codes.All(one => codes.All(other =>
        {
            var meet = Boxes.Meet(one, other, dimension.IsNarrow);
            var rest = new List<ulong>();
            dimension.AddDifference(one, other, rest);
            return Values.All(value =>
            {
                var (isInOne, isInOther) = (Has(dimension, one, value), Has(dimension, other, value));
                return (meet != Boxes.Nothing && Has(dimension, meet, value)) == (isInOne && isInOther)
                    && rest.Count(code => Has(dimension, code, value)) == (isInOne && !isInOther ? 1 : 0);
            });
        }));
    });

    [Test]
    public void A_class_has_one_value_exactly_where_it_says_so() => Some.Sample(sets =>
    {
        var dimension = Of(sets);
        var sizes = Values.GroupBy(value => ClassOf(dimension, value)).ToDictionary(group => group.Key, group => group.Count());
        return Enumerable.Range(0, dimension.ClassCount).All(cls => dimension.IsSingle(cls) == (sizes[cls] == 1))
            && Enumerable.Range(0, dimension.ClassCount).Where(cls => cls != dimension.AbsentClass)
                .All(cls => dimension.ClassOf(dimension.ValueOf(cls)) == cls);
    });

    /// <summary>All values, and null for none.</summary>
    private static IEnumerable<int?> Values => Enumerable.Range(0, Max + 1).Select(value => (int?)value).Append(null);

    private static IntervalDimension Of(FieldSet[] sets, bool isLong = false)
    {
        var starts = sets.SelectMany(set => set.Ranges).SelectMany(range => new[] { range.Low, range.High + 1 })
            .Where(start => start > 0 && start <= Max).Distinct().Order().ToArray();
        return isLong
            ? new IntervalDimension(PacketField.DestinationPort, starts, Max, hasAbsent: true)
            : new IntervalDimension(PacketField.DestinationPort, Array.ConvertAll(starts, start => (ulong)start), Max, hasAbsent: true);
    }

    private static bool Has(Dimension dimension, ulong code, int? value) =>
        Boxes.Meet(code, dimension.CodeOf(ClassOf(dimension, value)), dimension.IsNarrow) != Boxes.Nothing;

    private static int ClassOf(Dimension dimension, int? value) =>
        value is { } number ? dimension.ClassOf((UInt128)number) : dimension.AbsentClass;

    private static bool Contains(FieldSet set, int? value) => value is { } number ? set.Contains((UInt128)number) : set.IncludesAbsent;
}
