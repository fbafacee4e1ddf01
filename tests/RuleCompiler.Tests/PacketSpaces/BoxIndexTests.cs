using CsCheck;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Tests.PacketSpaces;

internal sealed class BoxIndexTests
{
    private const int Classes = 200;
    private const int BoxCount = 400;

    /// <summary>One dimension of a few classes, two of many.</summary>
    private static readonly SpaceLayout Layout = new(Family.IPv4,
    [
        new IntervalDimension(PacketField.Ttl, [.. Enumerable.Range(0, 9).Select(i => (ulong)i)], byte.MaxValue, hasAbsent: false),
        new IntervalDimension(PacketField.SourcePort, [.. Enumerable.Range(0, Classes).Select(i => (ulong)i)], ushort.MaxValue, hasAbsent: false),
        new IntervalDimension(PacketField.DestinationPort, [.. Enumerable.Range(0, Classes).Select(i => (ulong)i)], ushort.MaxValue, hasAbsent: false),
    ]);

    private static readonly Gen<ulong[]> OneBox = Gen.Select(
        Gen.Bool, Gen.ULong[1, 511], Wide, Wide, (isFull, code, one, other) => new[] { isFull ? Layout.Full[0] : code & Layout.Full[0], one, other });

    private static Gen<ulong> Wide => Gen.Select(Gen.Int[0, Classes - 1], Gen.Int[0, 20], Gen.Int[0, 9], (low, length, kind) =>
        kind == 0 ? Layout.Full[1] : Dimension.Interval(low, Math.Min(low + length, Classes - 1)));

    [Test]
    public void Finds_all_boxes_that_meet_one_in_their_order() => Gen.Select(OneBox.Array[BoxCount], OneBox.Array[20]).Sample(
        (boxes, asked) =>
        {
            var index = new BoxIndex(Layout);
            for (var i = 0; i < boxes.Length; i++)
            {
                index.Add(boxes[i]);
                var box = asked[i % asked.Length];
                Assert.That(
                    index.Meeting(box),
                    Is.EqualTo(Enumerable.Range(0, i + 1).Where(known => Boxes.Overlap(boxes[known], box, Layout.NarrowCount))));
            }
        },
        iter: 10);
}
