using System.Runtime.InteropServices;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Chooses along which lane, and where, a cell is cut.</summary>
/// <remarks>
/// Each lane is cut into at most 16, 8, 4 and 2 parts such that the part with most boxes has as few as possible; the cut with
/// the least sum of cubes of what its parts hold is taken. A box in several parts counts in each, so lanes in which boxes are
/// wide lose. With the lows and the highs of the boxes sorted, a part that may hold n boxes ends before the nth low behind
/// those that are over: a lane costs its sorting and some binary searches.
/// </remarks>
/// <param name="boxes">All boxes.</param>
internal sealed class CellCutter(BoxList boxes)
{
    /// <summary>Boxes that are looked at, or twice as many; more would take longer and choose hardly better.</summary>
    private const int SampleSize = 512;

    private readonly uint[] _lows = new uint[2 * SampleSize];
    private readonly uint[] _highs = new uint[2 * SampleSize];
    private readonly uint[] _ends = new uint[BoxTree.MaxParts];
    private readonly uint[] _bestEnds = new uint[BoxTree.MaxParts];
    private int _count;
    private int _bestCount;

    /// <summary>The last value of each part of the lane that was chosen, but that of the last part.</summary>
    public ReadOnlySpan<uint> Ends => _bestEnds.AsSpan(0, _bestCount);

    /// <summary>Finds how to cut a cell.</summary>
    /// <param name="list">Holds the boxes that meet the cell.</param>
    /// <param name="start">Where in the list they begin.</param>
    /// <param name="cell">First and last value of each lane.</param>
    /// <returns>The lane; null where no cut leaves fewer boxes in each part.</returns>
    public int? Cut(List<int> list, int start, ReadOnlySpan<uint> cell)
    {
        var group = CollectionsMarshal.AsSpan(list)[start..];
        var step = Math.Max(1, group.Length / SampleSize);
        int? best = null;
        var bestCost = double.MaxValue;
        for (var lane = 0; lane < boxes.LaneCount; lane++)
        {
            var low = cell[2 * lane];
            if (!Sort(group, step, lane, low, cell[(2 * lane) + 1]))
            {
                continue;
            }
            for (var partCount = BoxTree.MaxParts; partCount > 1 && Divide(partCount, low, step) is { } endCount;)
            {
                do
                {
                    partCount /= 2; // as few parts as these come of a smaller number, too
                }
                while (endCount < partCount);
                var cost = CostOf(endCount, step);
                if (cost < bestCost)
                {
                    (best, bestCost, _bestCount) = (lane, cost, endCount);
                    _ends.CopyTo(_bestEnds, 0);
                }
            }
        }
        return best;
    }

    /// <summary>Takes where the boxes begin and end in a lane of the cell.</summary>
    /// <returns>False where all of them go from one end of the cell to the other.</returns>
    private bool Sort(ReadOnlySpan<int> group, int step, int lane, uint cellLow, uint cellHigh)
    {
        var endsInside = false;
        _count = 0;
        for (var i = 0; i < group.Length; i += step)
        {
            var low = Math.Max(boxes.Low(group[i], lane), cellLow);
            var high = Math.Min(boxes.High(group[i], lane), cellHigh);
            endsInside |= low > cellLow || high < cellHigh;
            _lows[_count] = low;
            _highs[_count++] = high;
        }
        if (endsInside)
        {
            _lows.AsSpan(0, _count).Sort();
            _highs.AsSpan(0, _count).Sort();
        }
        return endsInside;
    }

    /// <summary>Cuts the lane so that no part has more boxes than it must.</summary>
    /// <returns>How many ends the parts have, the last one's aside; null where a part would have all boxes.</returns>
    private int? Divide(int partCount, uint low, int step)
    {
        var least = Math.Max(Math.Max(1, BoxTree.BlockSize / step), _count / partCount);
        var most = _count - 1;
        if (least > most || Sweep(most, partCount, low) is null)
        {
            return null;
        }
        while (least < most)
        {
            var middle = (least + most) / 2;
            (least, most) = Sweep(middle, partCount, low) is null ? (middle + 1, most) : (least, middle);
        }
        return Sweep(most, partCount, low);
    }

    /// <summary>Makes each part as large as it may be.</summary>
    /// <param name="limit">Boxes that a part may have.</param>
    /// <param name="partCount">Parts that there may be.</param>
    /// <param name="begin">The first value.</param>
    /// <returns>The number of ends; null where that is too few.</returns>
    private int? Sweep(int limit, int partCount, uint begin)
    {
        for (var count = 0; ; count++)
        {
            var next = CountBelow(_highs, begin) + limit;
            if (next >= _count)
            {
                return count;
            }
            if (_lows[next] <= begin || count == partCount - 1)
            {
                return null;
            }
            begin = _lows[next];
            _ends[count] = begin - 1;
        }
    }

    private double CostOf(int endCount, int step)
    {
        var cost = 0.0;
        var over = 0;
        for (var part = 0; part <= endCount; part++)
        {
            var begun = part == endCount ? _count : CountBelow(_lows, _ends[part] + 1);
            double held = Math.Max((begun - over) * step, BoxTree.BlockSize);
            cost += held * held * held;
            over = part == endCount ? 0 : CountBelow(_highs, _ends[part] + 1);
        }
        return cost;
    }

    private int CountBelow(uint[] sorted, uint value)
    {
        var (low, high) = (0, _count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < value ? (middle + 1, high) : (low, middle);
        }
        return low;
    }
}
