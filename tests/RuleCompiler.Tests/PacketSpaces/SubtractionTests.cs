using NUnit.Framework;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Oracles.SmallDomain;

namespace RuleCompiler.Tests.PacketSpaces;

internal sealed class SubtractionTests
{
    private const int DumpCount = 60;
    private const int Tries = 5;
    private const long Steps = 1_000_000;

    /// <remarks>The boxes are those of rules: with lists, ranges, negations and marks.</remarks>
    [Test]
    public void Something_is_left_exactly_where_some_packet_is_in_no_box([Range(1, DumpCount)] int seed)
    {
        var (space, draw) = (SmallSpace.Of(seed), new Draw(seed));
        var rows = space.Rules.Chains.SelectMany(chain => chain.Rows).Select(row => new TestRange(row.FirstTest, row.TestCount)).ToList();
        var subtraction = new Subtraction(space.Rules, new StepBudget(Steps));
        foreach (var hook in space.Dump.Hooks)
        {
            var packets = space.At(hook);
            foreach (var box in space.Entries.At(hook).Select(box => Drawn(space.Layout, box, packets.ConvertAll(packet => packet.Point))).OfType<ulong[]>())
            {
                for (var tried = 0; tried < Tries; tried++)
                {
                    var taken = draw.Some(draw.Between(1, rows.Count), rows).ToList();
                    var left = packets.Where(packet => SmallPoint.IsIn(space.Layout, packet.Point, box)
                        && !taken.Exists(range => IsIn(space, packet.Point, range))).ToList();

                    var rest = subtraction.FindRest(box, taken);

                    Assert.That(rest is null, Is.EqualTo(left.Count == 0), () => space.Dump.ToString());
                    Assert.That(
                        rest is null || packets.Where(packet => SmallPoint.IsIn(space.Layout, packet.Point, rest)).All(left.Contains), Is.True);
                    Assert.That(
                        rest is not null || packets.Where(packet => SmallPoint.IsIn(space.Layout, packet.Point, box))
                            .All(packet => subtraction.Used.Any(range => IsIn(space, packet.Point, range))),
                        Is.True,
                        "what the proof used covers it");
                }
            }
        }
    }

    /// <summary>The part of a box that packets stand for; null for nothing.</summary>
    private static ulong[]? Drawn(SpaceLayout layout, ulong[] box, List<int[]> points)
    {
        var own = points.FindAll(point => SmallPoint.IsIn(layout, point, box));
        return own.Count == 0 ? null
            : [.. layout.Dimensions.Select(d => own.Aggregate(Boxes.Nothing, (all, point) => all | d.CodeOf(point[d.Index])))];
    }

    private static bool IsIn(SmallSpace space, int[] point, TestRange range) =>
        SmallPoint.IsIn(space.Layout, point, space.Rules.Tests[range.First..(range.First + range.Count)]);
}
