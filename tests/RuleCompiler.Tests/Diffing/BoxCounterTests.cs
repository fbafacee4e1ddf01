using System.Numerics;
using CsCheck;
using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Tests.Diffing;

/// <summary>How many packets a box has, against all of them counted one by one.</summary>
internal sealed class BoxCounterTests
{
    /// <summary>Largest time to live, and largest port, of the packets that are counted.</summary>
    private const int Max = 99;

    private const uint MarkMask = 0b1010_0100;

    private static readonly Gen<FieldSet> Sets =
        Gen.Select(Gen.Int[0, Max], Gen.Int[0, Max], (one, other) => new Interval((UInt128)Math.Min(one, other), (UInt128)Math.Max(one, other)))
            .Array[1, 3].Select(Gen.Bool, (intervals, isAbsent) => FieldSet.Union(intervals).WithAbsent(isAbsent));

    /// <summary>Many sets cut a field into more classes than a bit set holds; a mark has some of its eight values named.</summary>
    private static readonly Gen<SpaceLayout> Layouts = Gen.Select(
        Gen.OneOf(Sets.Array[1, 4], Sets.Array[30, 50]), Sets.Array[1, 4], Gen.UInt[0, 7].Array[0, 7],
        (ports, hops, marks) => new SpaceLayout(Family.IPv4,
        [
            new IntervalDimension(PacketField.DestinationPort, Starts(ports), Max, hasAbsent: true),
            new IntervalDimension(PacketField.Ttl, Starts(hops), Max, hasAbsent: false),
            new MarkDimension(PacketField.ConnectionMark, MarkMask, [.. marks.Distinct().Select(Spread)], hasAbsent: true),
        ]));

    private static readonly Gen<(SpaceLayout Layout, ulong[] One, ulong[] Other)> Pairs =
        Layouts.SelectMany(layout => Gen.Select(BoxesOf(layout), BoxesOf(layout), (one, other) => (layout, one, other)));

    [Test]
    public void A_box_has_as_many_packets_as_can_be_counted() => Pairs.Sample(drawn =>
        Count(drawn.Layout, drawn.One) == Packets().Count(packet => IsIn(drawn.Layout, drawn.One, packet)));

    [Test]
    public void Common_packets_rest_and_union_are_counted_alike() => Pairs.Sample(drawn =>
    {
        var (layout, one, other) = drawn;
        ulong[] common = [.. layout.Dimensions.Select(d => Boxes.Meet(one[d.Index], other[d.Index], d.IsNarrow))];
        var isApart = common.Contains(Boxes.Nothing);
        var (inOne, inBoth) = (Count(layout, one), isApart ? BigInteger.Zero : Count(layout, common));
        var rest = Rest(layout, one, other).Aggregate(BigInteger.Zero, (sum, piece) => sum + Count(layout, piece));
        return rest == inOne - inBoth
            && rest + Count(layout, other) == Packets().Count(packet => IsIn(layout, one, packet) || IsIn(layout, other, packet));
    });

    /// <summary>The packets of a box that are not in another, cut field by field.</summary>
    private static IEnumerable<ulong[]> Rest(SpaceLayout layout, ulong[] box, ulong[] other)
    {
        ulong[] inside = [.. box];
        foreach (var dimension in layout.Dimensions)
        {
            var codes = new List<ulong>();
            dimension.AddDifference(inside[dimension.Index], other[dimension.Index], codes);
            foreach (var code in codes)
            {
                ulong[] piece = [.. inside];
                piece[dimension.Index] = code;
                yield return piece;
            }
            inside[dimension.Index] = Boxes.Meet(inside[dimension.Index], other[dimension.Index], dimension.IsNarrow);
            if (inside[dimension.Index] == Boxes.Nothing)
            {
                yield break;
            }
        }
    }

    private static Gen<ulong[]> BoxesOf(SpaceLayout layout) =>
        Gen.Select(CodesOf(layout.Dimensions[0]), CodesOf(layout.Dimensions[1]), CodesOf(layout.Dimensions[2]), (a, b, c) => new[] { a, b, c });

    private static Gen<ulong> CodesOf(Dimension dimension) => dimension.IsNarrow
        ? Gen.ULong.Select(bits => (bits & dimension.Full) is not Boxes.Nothing and var code ? code : dimension.Full)
        : Gen.Select(Gen.Int[0, dimension.ClassCount - 1], Gen.Int[0, dimension.ClassCount - 1], (one, other) =>
            Dimension.Interval(Math.Min(one, other), Math.Max(one, other)));

    private static BigInteger Count(SpaceLayout layout, ulong[] box) => new BoxCounter(layout).Count(box);

    /// <summary>Every packet: a port or none, a time to live, the marked bits or none.</summary>
    private static IEnumerable<(int? Port, int Hops, uint? Mark)> Packets() =>
        from port in Enumerable.Range(0, Max + 1).Select(value => (int?)value).Append(null)
        from hops in Enumerable.Range(0, Max + 1)
        from mark in Enumerable.Range(0, 8).Select(bits => (uint?)Spread((uint)bits)).Append(null)
        select (port, hops, mark);

    private static bool IsIn(SpaceLayout layout, ulong[] box, (int? Port, int Hops, uint? Mark) packet) => layout.Dimensions.All(dimension =>
    {
        UInt128? value = dimension.Field switch
        {
            PacketField.DestinationPort => packet.Port is { } port ? (UInt128)port : null,
            PacketField.Ttl => (UInt128)packet.Hops,
            _ => packet.Mark,
        };
        var code = dimension.CodeOf(value is { } present ? dimension.ClassOf(present) : dimension.AbsentClass);
        return Boxes.Meet(box[dimension.Index], code, dimension.IsNarrow) != Boxes.Nothing;
    });

    /// <summary>Three bits, in the places of the mask.</summary>
    private static uint Spread(uint bits) => ((bits & 1) << 2) | ((bits & 2) << 4) | ((bits & 4) << 5);

    private static UInt128[] Starts(FieldSet[] sets) =>
    [
        .. sets.SelectMany(set => set.Ranges).SelectMany(range => new[] { range.Low, range.High + 1 })
            .Where(start => start > 0 && start <= Max).Distinct().Order(),
    ];
}
