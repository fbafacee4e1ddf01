using CsCheck;
using NUnit.Framework;
using RuleCompiler.Evaluation.Classifier;

namespace RuleCompiler.Tests.Evaluation.Classifier;

/// <summary>The search finds what a look at each box in turn finds.</summary>
internal sealed class BoxSearchTests
{
    private const uint MaxValue = 40;

    private static readonly Gen<uint[]> Interval =
        Gen.Select(Gen.UInt[0, MaxValue], Gen.UInt[0, MaxValue], Gen.Int[0, 9]).Select((one, other, kind) => kind switch
        {
            < 3 => new uint[] { 0, MaxValue },
            < 6 => [one, one],
            6 => [one, uint.MaxValue],
            _ => [Math.Min(one, other), Math.Max(one, other)],
        });

    /// <summary>In the boxes' range, above it, and the last value that there is.</summary>
    private static readonly Gen<uint> Point = Gen.Frequency((20, Gen.UInt[0, MaxValue + 5]), (1, Gen.Const(uint.MaxValue)));

    private static readonly Gen<(uint[][][] Boxes, uint[][] Points, int From)> Cases =
        from laneCount in Gen.Int[1, 6]
        from boxes in Interval.Array[laneCount].Array[1, 200]
        from points in Point.Array[laneCount].Array[20]
        from start in Gen.Int[0, 100]
        select (boxes, points, start);

    [Test]
    public void Finds_the_first_of_final_boxes() => Cases.Sample(
        (boxes, points, _) =>
        {
            var search = BoxSearch.Create(List(boxes, isFinal: true));
            return points.All(point => search.FindFirst(point) == FirstOf(boxes, point, 0));
        },
        iter: 2000);

    [Test]
    public void Goes_on_behind_boxes_that_are_not_final() => Cases.Sample(
        (boxes, points, start) =>
        {
            var search = BoxSearch.Create(List(boxes, isFinal: false));
            return points.All(point => search.FindFirst(point, start) == FirstOf(boxes, point, start));
        },
        iter: 2000);

    [Test]
    public void Boxes_without_an_end_point_to_cut_at_are_one_leaf()
    {
        var boxes = new BoxList(1);
        for (var entry = 0; entry < 100; entry++)
        {
            boxes.Add([0, uint.MaxValue], entry, isFinal: false);
        }
        Assert.That(BoxSearch.Create(boxes).FindFirst([7], 99), Is.EqualTo(99));
    }

    private static BoxList List(uint[][][] boxes, bool isFinal)
    {
        var list = new BoxList(boxes[0].Length);
        for (var entry = 0; entry < boxes.Length; entry++)
        {
            list.Add([.. boxes[entry].SelectMany(bounds => bounds)], entry, isFinal);
        }
        return list;
    }

    private static int FirstOf(uint[][][] boxes, uint[] point, int start)
    {
        for (var entry = start; entry < boxes.Length; entry++)
        {
            if (boxes[entry].Zip(point).All(pair => pair.Second >= pair.First[0] && pair.Second <= pair.First[1]))
            {
                return entry;
            }
        }
        return BoxSearch.None;
    }
}
