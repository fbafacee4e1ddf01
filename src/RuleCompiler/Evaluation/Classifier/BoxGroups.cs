namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Divides boxes by the two lanes that tell them apart best: wide in both, in one of them, in none.</summary>
/// <remarks>
/// A box that is wide in a lane lies on both sides of most cuts of it. Kept apart, such boxes are cut along the lanes in
/// which they are narrow, and do not multiply in the trees of the others.
/// </remarks>
internal static class BoxGroups
{
    /// <summary>A box is wide in a lane where it spans more than this part of all values.</summary>
    private const int NarrowParts = 256;

    /// <summary>The groups that are not empty, each a list of boxes in order.</summary>
    public static IEnumerable<List<int>> Divide(BoxList boxes)
    {
        var groups = new List<int>[4];
        var (first, second) = FindLanes(boxes);
        for (var box = 0; box < boxes.Count; box++)
        {
            var group = (IsWide(boxes, box, first) ? 1 : 0) + (IsWide(boxes, box, second) ? 2 : 0);
            (groups[group] ??= []).Add(box);
        }
        return groups.Where(group => group is not null);
    }

    private static bool IsWide(BoxList boxes, int box, int lane) =>
        boxes.High(box, lane) - boxes.Low(box, lane) > boxes.Max(lane) / NarrowParts;

    /// <summary>The two lanes with the most different intervals.</summary>
    private static (int First, int Second) FindLanes(BoxList boxes)
    {
        var order = Enumerable.Range(0, boxes.LaneCount).OrderByDescending(lane => CountIntervals(boxes, lane)).ToArray();
        return (order[0], order[^1] == order[0] ? order[0] : order[1]);
    }

    private static int CountIntervals(BoxList boxes, int lane)
    {
        var intervals = new ulong[boxes.Count];
        for (var box = 0; box < boxes.Count; box++)
        {
            intervals[box] = ((ulong)boxes.Low(box, lane) << 32) | boxes.High(box, lane);
        }
        Array.Sort(intervals); // a hash of such pairs is mostly the same
        var count = 1;
        for (var i = 1; i < intervals.Length; i++)
        {
            count += intervals[i] != intervals[i - 1] ? 1 : 0;
        }
        return count;
    }
}
