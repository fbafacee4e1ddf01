using System.Runtime.InteropServices;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Finds the first box that contains a point, among as many boxes as there may be.</summary>
/// <remarks>
/// Boxes stand in up to four groups, by whether each of the two lanes that tell them apart best is wide in them: so few
/// boxes of a group are cut in two. Each group has a tree of cuts, four levels deep for most of a hundred thousand boxes,
/// whose leaves are blocks of boxes tested at once as <c>x - low &lt;= high - low</c>. Groups are searched in order of their
/// first entry, and only while that is before what was found.
/// </remarks>
internal sealed class BoxSearch
{
    /// <summary>What is found where no box contains the point.</summary>
    public const int None = int.MaxValue;

    private readonly int _laneCount;
    private readonly BoxTree[] _groups;

    private BoxSearch(int laneCount, BoxTree[] groups)
    {
        _laneCount = laneCount;
        _groups = groups;
    }

    /// <param name="boxes">Boxes in order of their entries.</param>
    public static BoxSearch Create(BoxList boxes)
    {
        var groups = BoxGroups.Divide(boxes).OrderBy(group => boxes.Entry(group[0])).ToArray();
        var trees = new BoxTree[groups.Length];
        Parallel.For(0, groups.Length, i => trees[i] = BoxTreeBuilder.Build(boxes, groups[i]));
        return new BoxSearch(boxes.LaneCount, trees);
    }

    /// <summary>The first entry, from <paramref name="from"/> on, that has a box with this point.</summary>
    /// <param name="point">One value a lane.</param>
    /// <param name="from">
    /// The least entry that counts; entries behind a final one that contains the point are found or not, as it happens.
    /// </param>
    /// <returns><see cref="None"/> where there is none.</returns>
    public int FindFirst(ReadOnlySpan<uint> point, int from = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(point.Length, _laneCount);
        ref var first = ref MemoryMarshal.GetReference(point);
        var best = None;
        foreach (var group in _groups)
        {
            if (group.FirstEntry >= best)
            {
                break;
            }
            best = Math.Min(best, group.FindFirst(ref first, from));
        }
        return best;
    }
}
