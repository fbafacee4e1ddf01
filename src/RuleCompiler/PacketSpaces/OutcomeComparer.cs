using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Compares what has become of the same packets on two ways.</summary>
/// <param name="layout">The dimensions.</param>
/// <param name="countsLogs">Whether what is logged is part of an outcome.</param>
/// <param name="countsIdleRewrites">Whether an address written over itself counts as changed.</param>
internal sealed class OutcomeComparer(SpaceLayout layout, bool countsLogs, bool countsIdleRewrites)
{
    private readonly int[] _addresses = [.. Addresses.Select(field => layout[field].Index)];

    private readonly int[] _destination = [layout[PacketField.Destination].Index, layout[PacketField.DestinationPort].Index];
    private readonly int[] _source = [layout[PacketField.Source].Index, layout[PacketField.SourcePort].Index];

    private readonly SpaceTest _untracked = layout[PacketField.ConntrackState] is var state
        ? new SpaceTest(state.Index, state.CodeOf(state.ClassOf((int)ConntrackState.Untracked))) : default;

    /// <summary>The kinds of deeds that are part of an outcome.</summary>
    private readonly DeedKind[] _countedKinds = [.. Enum.GetValues<DeedKind>().Where(kind => kind != DeedKind.Log || countsLogs)];

    private readonly int[] _others =
    [
        .. layout.Dimensions.Where(d => d.Field is PacketField.Mark or PacketField.ConnectionMark or PacketField.Tos or PacketField.Ttl).Select(d => d.Index),
    ];

    /// <summary>The dimensions.</summary>
    public SpaceLayout Layout { get; } = layout;

    /// <summary>The dimensions whose changes are part of an outcome.</summary>
    public IEnumerable<int> Compared => _addresses.Concat(_others);

    /// <summary>The fields that are compared as addresses.</summary>
    public static ImmutableArray<PacketField> Addresses { get; } =
        [PacketField.Source, PacketField.Destination, PacketField.SourcePort, PacketField.DestinationPort];

    /// <summary>Compares two cells with a verdict.</summary>
    /// <param name="one">A cell.</param>
    /// <param name="other">One whose packets are among <paramref name="one"/>'s; it is about these.</param>
    public OutcomeComparison Compare(Cell one, Cell other)
    {
        if (one.Verdict != other.Verdict || one.VerdictDetail != other.VerdictDetail
            || !SameDeeds(one.Deeds, other.Deeds))
        {
            return OutcomeComparison.Different;
        }
        var result = CompareTracking(one, other);
        if (ReferenceEquals(one.Changes, other.Changes))
        {
            return result;
        }
        if (countsIdleRewrites && (IsTranslated(one, _destination) != IsTranslated(other, _destination) || IsTranslated(one, _source) != IsTranslated(other, _source)))
        {
            return OutcomeComparison.Different;
        }
        foreach (var d in _addresses)
        {
            result = Both(result, Compare(other.Box, d, ChangeOf(one, d, other), ChangeOf(other, d, one)));
        }
        foreach (var d in _others)
        {
            result = Both(result, Compare(other.Box, d, ChangeOf(one, d, other), ChangeOf(other, d, one)));
        }
        return result;
    }

    /// <summary>A change as it compares with another cell's: the hop that passing on takes counts where one of the two was set behind it.</summary>
    private static Change? ChangeOf(Cell cell, int d, Cell other)
    {
        var change = cell.Changes?[d];
        return cell.IsPassedOn && other.IsPassedOn && other.Changes?[d] is not Change.OneHopLess ? change : Change.ByRules(change);
    }

    /// <summary>Whether something was written over an address or its port, be it the same.</summary>
    private static bool IsTranslated(Cell cell, int[] end) => Array.Exists(end, d => cell.Changes?[d] is not null);

    /// <summary>The packets of a box for which two changes of a dimension come to the same, or not: a dimension and code to cut by.</summary>
    /// <returns>Null where all packets are alike.</returns>
    public SpaceTest? FindCut(Cell one, Cell other)
    {
        if (CompareTracking(one, other) == OutcomeComparison.Mixed)
        {
            return _untracked;
        }
        foreach (var d in (IEnumerable<int>)[.. _addresses, .. _others])
        {
            var (left, right) = (ChangeOf(one, d, other), ChangeOf(other, d, one));
            if (Compare(other.Box, d, left, right) == OutcomeComparison.Mixed && CutOf(other.Box, d, left, right) is { } cut)
            {
                return cut;
            }
        }
        return null;
    }

    private SpaceTest? CutOf(ulong[] box, int d, Change? one, Change? other)
    {
        if (Layout.MarkPartOf(d) is { } part)
        {
            return Difference(part, d, one, other) is { } difference ? part.IsZero(difference, box) : null;
        }
        if ((Change.PickOf(one) ?? Change.PickOf(other)) is { } values)
        {
            var among = TestOf(d, values);
            return (one is null || other is null) && Compare(box[d], among) == OutcomeComparison.Mixed ? among : null;
        }
        return CutOf(d, one, other);
    }

    /// <summary>Some packets are untracked from the start: to take these out of tracking changes nothing.</summary>
    private OutcomeComparison CompareTracking(Cell one, Cell other) =>
        (one.Tracking == TrackingPhase.Untracked) == (other.Tracking == TrackingPhase.Untracked)
            ? OutcomeComparison.Same
            : Compare(other.Box[_untracked.Dimension], _untracked);

    private static OutcomeComparison Both(OutcomeComparison left, OutcomeComparison right) =>
        left == OutcomeComparison.Different || right == OutcomeComparison.Different ? OutcomeComparison.Different
        : left == OutcomeComparison.Mixed || right == OutcomeComparison.Mixed ? OutcomeComparison.Mixed
        : OutcomeComparison.Same;

    private OutcomeComparison Compare(ulong[] box, int d, Change? one, Change? other)
    {
        if (Equals(one, other))
        {
            return OutcomeComparison.Same;
        }
        if (Layout.MarkPartOf(d) is { } part)
        {
            return Difference(part, d, one, other) is { } difference ? Compare(box, part, difference) : OutcomeComparison.Mixed;
        }
        if (Left(d, one) is { } left && Left(d, other) is { } right)
        {
            return left == right ? OutcomeComparison.Same : OutcomeComparison.Different;
        }
        if ((Change.PickOf(one) ?? Change.PickOf(other)) is { } values)
        {
            return MayBeAmong(box, d, values, Change.PickOf(one) is null ? one : other) ? OutcomeComparison.Mixed : OutcomeComparison.Different;
        }
        return CutOf(d, one, other) is var (source, code) ? Compare(box[source], new SpaceTest(source, code))
            : OutcomeComparison.Different;
    }

    /// <summary>Whether a value may be the one picked.</summary>
    private bool MayBeAmong(ulong[] box, int d, Interval values, Change? value) => value switch
    {
        null => Compare(box[d], TestOf(d, values)) != OutcomeComparison.Different,
        Change.Constant { Class: var cls } when Layout.Dimensions[d].IsSingle(cls) => values.Contains(Layout.Dimensions[d].ValueOf(cls)),
        _ => Change.PickOf(value) is not { } others || (others.Low <= values.High && values.Low <= others.High),
    };

    private SpaceTest TestOf(int d, Interval values)
    {
        var codes = new List<ulong>();
        Layout.Dimensions[d].AddCodes(FieldSet.Range(values), codes);
        return new SpaceTest(d, codes[0]);
    }

    /// <summary>What two changes of marks differ by; null where one is not known.</summary>
    private MarkSum? Difference(MarkPart part, int d, Change? one, Change? other) =>
        part.SumOf((MarkDimension)Layout.Dimensions[d], one) ^ part.SumOf((MarkDimension)Layout.Dimensions[d], other);

    private OutcomeComparison Compare(ulong[] box, MarkPart part, MarkSum difference)
    {
        if (difference.Sources == MarkSources.None)
        {
            return difference.Bits == 0 ? OutcomeComparison.Same : OutcomeComparison.Different;
        }
        if (part.IsZero(difference, box) is not var (dimension, code))
        {
            return OutcomeComparison.Mixed;
        }
        var others = new List<ulong>();
        Layout.Dimensions[dimension].AddDifference(box[dimension], code, others);
        return !HasPackets(Boxes.Meet(box[dimension], code, Layout.Dimensions[dimension].IsNarrow)) ? OutcomeComparison.Different
            : others.Exists(HasPackets) ? OutcomeComparison.Mixed
            : OutcomeComparison.Same;

        bool HasPackets(ulong limit)
        {
            ulong[] limited = [.. box];
            limited[dimension] = limit;
            return limit != Boxes.Nothing && part.HasPackets(limited);
        }
    }

    /// <summary>What a constant is now; null where the change is none.</summary>
    private UInt128? Left(int d, Change? change) => change switch
    {
        Change.Constant constant => (UInt128)constant.Class,
        Change.OneHopLess { Before: Change.Constant constant } when Layout.Dimensions[d] is var hops =>
            (UInt128)hops.ClassOf(Change.OneHopLess.Apply((uint)hops.ValueOf(constant.Class))),
        _ => null,
    };

    /// <summary>Which of the packets with a code are the same in what a test says.</summary>
    private OutcomeComparison Compare(ulong own, SpaceTest same)
    {
        var common = Boxes.Meet(own, same.Code, Layout.Dimensions[same.Dimension].IsNarrow);
        return common == Boxes.Nothing ? OutcomeComparison.Different
            : common == own ? OutcomeComparison.Same
            : OutcomeComparison.Mixed;
    }

    /// <summary>Where a constant meets a value that came with the packet: the classes for which they are the same.</summary>
    private SpaceTest? CutOf(int d, Change? one, Change? other)
    {
        var (constant, value) = one is Change.Constant ? (one, other) : (other, one);
        if (constant is Change.Constant { Class: var cls } && Layout.Dimensions[d].IsSingle(cls))
        {
            switch (value)
            {
                case null:
                    return new SpaceTest(d, Layout.Dimensions[d].CodeOf(cls));
                case Change.OneHopLess { Before: null } when Layout.Dimensions[d].ValueOf(cls) < byte.MaxValue:
                    return new SpaceTest(d, Layout.Dimensions[d].CodeOf(Layout.Dimensions[d].ClassOf(Layout.Dimensions[d].ValueOf(cls) + 1)));
                case Change.Mapped { Map: null, Source: var source }:
                    return new SpaceTest(source, Layout.Dimensions[source].CodeOf(cls));
                case Change.Mapped { Map: { } map, Source: var source } when Layout.Dimensions[source].IsNarrow:
                    return PreimageOf(source, map, cls);
                default:
                    return null;
            }
        }
        return FixedPoints(d, one, other);
    }

    private static SpaceTest? PreimageOf(int source, int[] map, int cls)
    {
        var code = 0UL;
        for (var from = 0; from < map.Length; from++)
        {
            code |= map[from] == cls ? 1UL << from : 0;
        }
        return code == 0 ? null : new SpaceTest(source, code);
    }

    /// <summary>Where two maps of one dimension agree: on classes of one value that both send to the same value.</summary>
    private SpaceTest? FixedPoints(int d, Change? one, Change? other)
    {
        if (MapOf(d, one) is not { } left || MapOf(d, other) is not { } right || left.Source != right.Source
            || !Layout.Dimensions[d].IsNarrow || !Layout.Dimensions[left.Source].IsNarrow)
        {
            return null;
        }
        var code = 0UL;
        for (var cls = 0; cls < Layout.Dimensions[left.Source].ClassCount; cls++)
        {
            if (Image(left, cls) is var image and >= 0 && image == Image(right, cls) && Layout.Dimensions[d].IsSingle(image))
            {
                code |= 1UL << cls;
            }
        }
        return code == 0 ? null : new SpaceTest(left.Source, code);
    }

    private static Change.Mapped? MapOf(int d, Change? change) =>
        change is null ? new Change.Mapped(d, "", null) : change as Change.Mapped;

    /// <summary>What a class becomes; -1 where that is not known, as for a field that is not there.</summary>
    private static int Image(Change.Mapped change, int cls) =>
        change.Map is null ? cls : cls < change.Map.Length ? change.Map[cls] : -1;

    private bool SameDeeds(Deed? one, Deed? other) =>
        ReferenceEquals(one, other) || Array.TrueForAll(_countedKinds, kind => Counted(one, kind).SequenceEqual(Counted(other, kind)));

    /// <summary>What of a cell's deeds is part of its outcome, in a form that is the same for the same.</summary>
    public string TextOf(Deed? deed) => deed is null ? "" : string.Join('|', _countedKinds.Select(kind => string.Join(';', Counted(deed, kind))));

    /// <summary>The deeds of a kind, as far as they count: settings in no order, each once, and once more the last of each target.</summary>
    private static IEnumerable<string> Counted(Deed? deed, DeedKind kind) => kind != DeedKind.Setting
        ? Sequence(deed, kind)
        : Sequence(deed, kind).Distinct().Order(StringComparer.Ordinal).Concat(LastSettings(deed).Order(StringComparer.Ordinal));

    /// <summary>The last setting made by each target: of some it replaces those before.</summary>
    private static HashSet<string> LastSettings(Deed? deed) =>
        [.. Sequence(deed, DeedKind.Setting).DistinctBy(text => text.Split(' ', 2)[0])];

    private static IEnumerable<string> Sequence(Deed? deed, DeedKind kind)
    {
        for (; deed is not null; deed = deed.Before)
        {
            if (deed.Kind == kind)
            {
                yield return deed.Text;
            }
        }
    }
}
