using RuleCompiler.DecisionTables;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Tests.Generators;
using RuleCompiler.Tests.Packets;

namespace RuleCompiler.Tests.Diffing;

/// <summary>The packets that can be, told apart by some conditions; and sets of them as boxes, conditions and text.</summary>
internal sealed class PrintedSpace
{
    private readonly Family _family;
    private readonly Condition[] _asked;
    private readonly bool _hasFragments;
    private readonly SpaceLayout _layout;
    private readonly JourneySpace _universe;

    public PrintedSpace(Family family, Condition[] asked, bool hasFragments)
    {
        (_family, _asked, _hasFragments) = (family, asked, hasFragments);
        _layout = JourneyWalker.LayoutOf([CompiledRuleset.CreateEmpty(family)], [], asked);
        _universe = new JourneySpace(_layout, hasFragments);
    }

    /// <summary>The same packets, told apart by more.</summary>
    public PrintedSpace With(IEnumerable<Condition> more) => new(_family, [.. _asked, .. more], _hasFragments);

    /// <summary>A few boxes of packets, disjoint.</summary>
    public List<ulong[]> Draw(Draw draw)
    {
        var boxes = new List<ulong[]>();
        for (var i = draw.Between(1, 3); i > 0; i--)
        {
            var limits = _layout.Full.Select((full, d) => draw.Chance(50) ? full : Code(draw, _layout.Dimensions[d])).ToArray();
            var own = _universe.Boxes.Select(entry => Meet(entry, limits)).OfType<ulong[]>().Where(_layout.HasPackets).ToList();
            boxes.AddRange(boxes.Aggregate(own, (rest, other) => [.. rest.SelectMany(box => Difference(box, other))]));
        }
        return boxes;
    }

    public string[] Print(IReadOnlyList<ulong[]> boxes) =>
        [.. new SpaceWriter(_layout).Write(new BlockMerger(_layout, _universe.Boxes).Merge(boxes))];

    /// <summary>The packets for which conditions hold, one after the other; null where that is more boxes than are looked at.</summary>
    public List<ulong[]>? BoxesOf(IEnumerable<Condition> conditions)
    {
        var boxes = new List<ulong[]>();
        foreach (var condition in conditions)
        {
            if (_universe.Limit(condition) is not { } own)
            {
                return null;
            }
            boxes.AddRange(own);
        }
        return boxes;
    }

    /// <summary>A box of the first that is in none of the others; null where they hold all of them.</summary>
    public string? Without(IReadOnlyList<ulong[]> boxes, IReadOnlyList<ulong[]> others)
    {
        foreach (var box in boxes)
        {
            if (others.Aggregate((List<ulong[]>)[box], (rest, other) => [.. rest.SelectMany(piece => Difference(piece, other))]).Find(_layout.HasPackets) is { } left)
            {
                return string.Join(" and ", Print([left]));
            }
        }
        return null;
    }

    public Condition ConditionOf(IEnumerable<ulong[]> boxes) => Condition.AnyOf([.. boxes.Select(box =>
        Condition.AllOf([.. _layout.Dimensions.Where(d => box[d.Index] != d.Full).Select(d => ConditionOf(d, box[d.Index]))]))]);

    /// <summary>Any of the packets.</summary>
    public FieldAssignment Packet(Draw draw)
    {
        var entry = draw.Pick(_universe.Boxes);
        var values = new Dictionary<PacketField, UInt128?>();
        foreach (var dimension in _layout.Dimensions)
        {
            var cls = draw.Pick<int>([.. dimension.ClassesOf(entry[dimension.Index])]);
            UInt128? value = cls == dimension.AbsentClass ? null : Value(draw, dimension, cls);
            values[dimension.Field] = dimension is MarkDimension mark && values.TryGetValue(mark.Field, out var rest) ? value is null ? null : rest | value : value;
        }
        if (values.ContainsKey(PacketField.MarkDifference))
        {
            values[PacketField.ConnectionMark] = draw.Chance(50) && values[PacketField.ConnectionMark] is not null ? values[PacketField.Mark] : values[PacketField.ConnectionMark];
            values[PacketField.MarkDifference] = values[PacketField.Mark] ^ values[PacketField.ConnectionMark];
        }
        return new FieldAssignment(values.GetValueOrDefault, _ => false);
    }

    private static UInt128 Value(Draw draw, Dimension dimension, int cls)
    {
        if (dimension is MarkDimension or EnumeratedDimension)
        {
            return dimension.ValueOf(cls);
        }
        var range = draw.Pick(dimension.SetsOf(dimension.CodeOf(cls))[0].Ranges);
        return draw.Pick(range.Low, range.High, range.Low + ((range.High - range.Low) / 2));
    }

    private static Condition ConditionOf(Dimension dimension, ulong code) => dimension is MarkDimension mark
        ? ConditionOf(mark, mark.ClassesOf(code).ToHashSet())
        : Condition.AnyOf([.. dimension.SetsOf(code).Select(set => Condition.Field(dimension.Field, set))]);

    /// <summary>Some values of the bits, or all but some where the values that no rule names are among them.</summary>
    private static Condition ConditionOf(MarkDimension mark, HashSet<int> classes)
    {
        var named = mark.ClassesOf(mark.Present).Where(mark.IsSingle).ToList();
        var present = mark.ClassesOf(mark.Present).All(cls => mark.IsSingle(cls) || !classes.Contains(cls))
            ? Condition.AnyOf([.. named.Where(classes.Contains).Select(Test)])
            : Condition.AllOf([Condition.Field(mark.Field, FieldSet.Present), .. named.Where(cls => !classes.Contains(cls)).Select(cls => Condition.Not(Test(cls)))]);
        return classes.Contains(mark.AbsentClass) ? Condition.AnyOf(present, Condition.Field(mark.Field, FieldSet.Empty.WithAbsent(true))) : present;

        Condition Test(int cls) => Condition.Field(mark.Field, FieldSet.Masked(mark.ValueOf(cls), mark.Mask, 32));
    }

    private static ulong Code(Draw draw, Dimension dimension)
    {
        if (!dimension.IsNarrow)
        {
            var low = draw.Between(0, dimension.ClassCount - 1);
            return Dimension.Interval(low, draw.Between(low, dimension.ClassCount - 1));
        }
        var code = 0UL;
        var chance = draw.Pick(10, 50, 90);
        for (var cls = 0; cls < dimension.ClassCount; cls++)
        {
            code |= draw.Chance(chance) ? 1UL << cls : 0;
        }
        return code == 0 ? dimension.CodeOf(draw.Between(0, dimension.ClassCount - 1)) : code;
    }

    private ulong[]? Meet(ulong[] one, ulong[] other)
    {
        var common = new ulong[one.Length];
        for (var d = 0; d < common.Length; d++)
        {
            common[d] = Boxes.Meet(one[d], other[d], d < _layout.NarrowCount);
        }
        return common.Contains(Boxes.Nothing) ? null : common;
    }

    private IEnumerable<ulong[]> Difference(ulong[] box, ulong[] other)
    {
        if (Meet(box, other) is null)
        {
            yield return box;
            yield break;
        }
        var rest = (ulong[])box.Clone();
        for (var d = 0; d < box.Length; d++)
        {
            var codes = new List<ulong>();
            _layout.Dimensions[d].AddDifference(rest[d], other[d], codes);
            foreach (var code in codes)
            {
                var piece = (ulong[])rest.Clone();
                piece[d] = code;
                yield return piece;
            }
            rest[d] = Boxes.Meet(rest[d], other[d], d < _layout.NarrowCount);
        }
    }
}
