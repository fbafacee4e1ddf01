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
    /// <summary>Three bits: eight values of each mark.</summary>
    private const uint Mask = 0b1010_0100;

    private static readonly Gen<(SpaceLayout Layout, ulong[] Box)> Drawn =
        from named in Gen.UInt[0, 7].Array[0, 6]
        let values = named.Append(0u).Distinct().Select(Spread).ToArray()
        let layout = new SpaceLayout(Family.IPv4,
        [
            new MarkDimension(PacketField.Mark, Mask, values, hasAbsent: false),
            new MarkDimension(PacketField.ConnectionMark, Mask, values, hasAbsent: true),
            new MarkDimension(PacketField.MarkDifference, Mask, values, hasAbsent: true),
        ])
        from codes in Gen.ULong.Array[3]
        select (layout, (ulong[])[.. codes.Select((code, d) => (code & layout.Full[d]) is not Boxes.Nothing and var own ? own : layout.Full[d])]);

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

    private static IEnumerable<(uint Mark, uint? Other)> Packets(SpaceLayout layout, ulong[] box) =>
        from mark in Enumerable.Range(0, 8).Select(bits => Spread((uint)bits))
        from other in Enumerable.Range(0, 8).Select(bits => (uint?)Spread((uint)bits)).Append(null)
        where IsIn(layout, box, PacketField.Mark, mark) && IsIn(layout, box, PacketField.ConnectionMark, other)
            && IsIn(layout, box, PacketField.MarkDifference, mark ^ other)
        select (mark, other);

    private static bool IsIn(SpaceLayout layout, ulong[] box, PacketField field, uint? value)
    {
        var dimension = layout.Dimensions.Single(d => d.Field == field);
        var code = dimension.CodeOf(value is { } present ? dimension.ClassOf(present) : dimension.AbsentClass);
        return Boxes.Meet(box[dimension.Index], code, dimension.IsNarrow) != Boxes.Nothing;
    }

    /// <summary>Three bits, in the places of the mask.</summary>
    private static uint Spread(uint bits) => ((bits & 1) << 2) | ((bits & 2) << 4) | ((bits & 4) << 5);
}
