using System.Runtime.InteropServices;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Builds the tree of a group: each cell is cut at the median end point of the lane that divides its boxes best.</summary>
internal sealed class BoxTreeBuilder
{
    /// <summary>A cell with no more boxes is a leaf.</summary>
    private const int LeafSize = 8;

    /// <summary>Boxes that are looked at to choose a cut; more would take longer and choose hardly better.</summary>
    private const int SampleSize = 128;

    /// <summary>How many times a box may stand in the tree on average, before no more cells are cut.</summary>
    private const int MaxCopies = 16;

    private readonly BoxList _boxes;
    private readonly int _copyBudget;
    private readonly List<BoxTree.Node> _nodes = [];
    private readonly List<uint> _bounds = [];
    private readonly List<int> _entries = [];
    private readonly uint[] _ends = new uint[2 * SampleSize];

    private BoxTreeBuilder(BoxList boxes, int groupSize)
    {
        _boxes = boxes;
        _copyBudget = groupSize * MaxCopies;
    }

    /// <param name="boxes">All boxes.</param>
    /// <param name="group">Those of the tree, in order; at least one.</param>
    public static BoxTree Build(BoxList boxes, List<int> group)
    {
        var builder = new BoxTreeBuilder(boxes, group.Count);
        var cell = new uint[2 * boxes.LaneCount];
        for (var lane = 0; lane < boxes.LaneCount; lane++)
        {
            cell[(2 * lane) + 1] = boxes.Max(lane);
        }
        builder._nodes.Add(default);
        builder.Fill(0, CollectionsMarshal.AsSpan(group), cell);
        return new BoxTree([.. builder._nodes], [.. builder._bounds], [.. builder._entries]);
    }

    /// <summary>Makes a node, and all below it, of the boxes that meet its cell.</summary>
    private void Fill(int node, ReadOnlySpan<int> group, uint[] cell)
    {
        var reached = group[..CountReached(group, cell)];
        if (reached.Length <= LeafSize || _entries.Count > _copyBudget || ChooseCut(reached, cell) is not { } cut)
        {
            _nodes[node] = AddLeaf(reached);
            return;
        }
        var children = _nodes.Count;
        _nodes.Add(default);
        _nodes.Add(default);
        _nodes[node] = BoxTree.Node.AtCut(cut.Lane, cut.At, children);
        var (low, high) = (2 * cut.Lane, (2 * cut.Lane) + 1);
        var (oldLow, oldHigh) = (cell[low], cell[high]);
        cell[high] = cut.At - 1;
        Fill(children, Select(reached, cut.Lane, oldLow, cell[high]), cell);
        (cell[low], cell[high]) = (cut.At, oldHigh);
        Fill(children + 1, Select(reached, cut.Lane, cut.At, oldHigh), cell);
        cell[low] = oldLow;
    }

    /// <summary>How many boxes a point of the cell can lead to: a final one that contains the cell ends them.</summary>
    private int CountReached(ReadOnlySpan<int> group, uint[] cell)
    {
        for (var i = 0; i < group.Length; i++)
        {
            if (_boxes.IsFinal(group[i]) && Contains(_boxes.Bounds(group[i]), cell))
            {
                return i + 1;
            }
        }
        return group.Length;
    }

    private static bool Contains(ReadOnlySpan<uint> box, ReadOnlySpan<uint> cell)
    {
        for (var i = 0; i < cell.Length; i += 2)
        {
            if (box[i] > cell[i] || box[i + 1] < cell[i + 1])
            {
                return false;
            }
        }
        return true;
    }

    private int[] Select(ReadOnlySpan<int> group, int lane, uint low, uint high)
    {
        var selected = new int[group.Length];
        var count = 0;
        foreach (var box in group)
        {
            selected[count] = box;
            count += _boxes.Low(box, lane) <= high && _boxes.High(box, lane) >= low ? 1 : 0;
        }
        return selected[..count];
    }

    /// <returns>Null where no cut takes a box from either side.</returns>
    private (int Lane, uint At)? ChooseCut(ReadOnlySpan<int> group, uint[] cell)
    {
        var step = Math.Max(1, group.Length / SampleSize);
        (int, uint)? best = null;
        var bestCost = long.MaxValue;
        for (var lane = 0; lane < _boxes.LaneCount; lane++)
        {
            if (MedianEnd(group, step, lane, cell) is not { } at)
            {
                continue;
            }
            var cost = CostOf(group, step, lane, at);
            if (cost < bestCost)
            {
                (best, bestCost) = ((lane, at), cost);
            }
        }
        return best;
    }

    /// <summary>The median of the values at which boxes begin, or are over, inside the cell; null where there is none.</summary>
    private uint? MedianEnd(ReadOnlySpan<int> group, int step, int lane, uint[] cell)
    {
        var count = 0;
        var (low, high) = (cell[2 * lane], cell[(2 * lane) + 1]);
        for (var i = 0; i < group.Length && count < _ends.Length - 1; i += step)
        {
            if (_boxes.Low(group[i], lane) is var begin && begin > low)
            {
                _ends[count++] = begin;
            }
            if (_boxes.High(group[i], lane) is var end && end < high)
            {
                _ends[count++] = end + 1;
            }
        }
        if (count == 0)
        {
            return null;
        }
        _ends.AsSpan(0, count).Sort();
        return _ends[count / 2];
    }

    /// <summary>Grows with what is left on either side; a box on both sides counts twice.</summary>
    private long CostOf(ReadOnlySpan<int> group, int step, int lane, uint at)
    {
        long below = 0;
        long above = 0;
        for (var i = 0; i < group.Length; i += step)
        {
            below += _boxes.Low(group[i], lane) < at ? 1 : 0;
            above += _boxes.High(group[i], lane) >= at ? 1 : 0;
        }
        return (below * below) + (above * above);
    }

    private BoxTree.Node AddLeaf(ReadOnlySpan<int> group)
    {
        const int Block = BoxSearch.BlockSize;
        var firstBlock = _entries.Count / Block;
        for (var start = 0; start < group.Length; start += Block)
        {
            var block = group[start..Math.Min(group.Length, start + Block)];
            for (var i = 0; i < Block; i++)
            {
                _entries.Add(i < block.Length ? _boxes.Entry(block[i]) : BoxSearch.None);
            }
            for (var lane = 0; lane < _boxes.LaneCount; lane++)
            {
                for (var i = 0; i < Block; i++)
                {
                    _bounds.Add(i < block.Length ? _boxes.Low(block[i], lane) : 0);
                }
                for (var i = 0; i < Block; i++)
                {
                    _bounds.Add(i < block.Length ? _boxes.High(block[i], lane) - _boxes.Low(block[i], lane) : 0);
                }
            }
        }
        return BoxTree.Node.Leaf(firstBlock, (group.Length + Block - 1) / Block);
    }
}
