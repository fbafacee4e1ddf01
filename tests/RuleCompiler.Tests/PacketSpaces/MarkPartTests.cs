using System.Numerics;
using CsCheck;
using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Tests.PacketSpaces;

/// <summary>Boxes of two marks and their difference, against every pair of marks there is.</summary>
internal sealed class MarkPartTests
{
    /// <summary>Few values make bit sets of classes, many intervals; of 63 the packet's mark has the one and its connection's the other.</summary>
    private static readonly Gen<(SpaceLayout Layout, ulong[] Box)> Drawn = Gen.OneOf(Of(0b1010_0100, named: 6), Of(0b1110_1111, named: 62), Of(0b1110_1111, named: 63), Of(0b1110_1111, named: 80));

    [Test]
    public void A_box_has_packets_where_marks_of_it_differ_by_a_value_of_it() => Drawn.Sample(drawn =>
        drawn.Layout.HasPackets(drawn.Box) == Packets(drawn.Layout, drawn.Box).Any());

    [Test]
    public void Marks_are_counted_with_how_they_differ() => Drawn.Sample(drawn =>
        new BoxCounter(drawn.Layout).Count(drawn.Box) == new BigInteger(Packets(drawn.Layout, drawn.Box).Count()));

    [Test]
    public void Marks_that_are_picked_are_in_the_box() => Drawn.Where(drawn => drawn.Layout.HasPackets(drawn.Box)).Sample(drawn =>
    {
        var (mark, other) = drawn.Layout.MarkParts[0].Pick(drawn.Box);
        return Packets(drawn.Layout, drawn.Box).Any(packet => packet.Mark == mark && (packet.Other ?? 0) == other);
    });

    /// <param name="mask">The bits of the marks.</param>
    /// <param name="named">How many values are drawn besides 0, some of them alike where they are few.</param>
    private static Gen<(SpaceLayout Layout, ulong[] Box)> Of(uint mask, int named) =>
        from drawn in named < 10 ? Gen.UInt.Array[0, named] : Gen.Shuffle(Values(mask).Skip(1).ToArray(), named)
        let values = drawn.Select(value => value & mask).Append(0u).Distinct().ToArray()
        let layout = new SpaceLayout(Family.IPv4,
        [
            new MarkDimension(PacketField.Mark, mask, values, hasAbsent: false),
            new MarkDimension(PacketField.ConnectionMark, mask, values, hasAbsent: true),
            new MarkDimension(PacketField.MarkDifference, mask, values, hasAbsent: true),
        ])
        from codes in Gen.Select(Gen.ULong, Gen.Int[0, 1000], Gen.Int[0, 1000]).Array[3]
        select (layout, (ulong[])[.. layout.Dimensions.Select(d => CodeOf(d, codes[d.Index]))]);

    private static ulong CodeOf(Dimension dimension, (ulong Bits, int One, int Other) drawn) => !dimension.IsNarrow
        ? Dimension.Interval(Math.Min(drawn.One % dimension.ClassCount, drawn.Other % dimension.ClassCount), Math.Max(drawn.One % dimension.ClassCount, drawn.Other % dimension.ClassCount))
        : (drawn.Bits & dimension.Full) is not Boxes.Nothing and var own ? own : dimension.Full;

    private static IEnumerable<(uint Mark, uint? Other)> Packets(SpaceLayout layout, ulong[] box) =>
        from mark in Values(layout.Marks[0].Mask)
        where IsIn(layout.Marks[0], box, mark)
        from other in Values(layout.Marks[0].Mask).Select(value => (uint?)value).Append(null)
        where IsIn(layout.ConnectionMarks[0], box, other) && IsIn(layout.MarkDifferences[0], box, mark ^ other)
        select (mark, other);

    private static bool IsIn(Dimension dimension, ulong[] box, uint? value) => Boxes.Meet(
        box[dimension.Index], dimension.CodeOf(value is { } present ? dimension.ClassOf(present) : dimension.AbsentClass), dimension.IsNarrow) != Boxes.Nothing;

    /// <summary>All values of some bits.</summary>
    private static IEnumerable<uint> Values(uint mask)
    {
        uint value = 0;
        do
        {
            yield return value;
            value = (value - mask) & mask;
        }
        while (value != 0);
    }
}
