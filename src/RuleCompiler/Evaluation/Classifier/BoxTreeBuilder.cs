using System.Runtime.InteropServices;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Builds the tree of a group: each cell with more boxes than a block holds is cut as <see cref="CellCutter"/> says.</summary>
internal sealed class BoxTreeBuilder
{
    /// <summary>How many times a box may stand in the tree on average, before no more cells are cut.</summary>
    private const int MaxCopies = 16;

    private readonly BoxList _boxes;
    private readonly CellCutter _cutter;
    private readonly int _slotBudget;
    private readonly List<uint> _nodes = [];
    private readonly List<uint> _blocks = [];
    private readonly uint[] _cell;

    /// <summary>The boxes of each cell from the root down to the one that is worked on, cell behind cell.</summary>
    private readonly List<int> _path = [];

    private BoxTreeBuilder(BoxList boxes, int groupSize)
    {
        _boxes = boxes;
        _cutter = new CellCutter(boxes);
        _slotBudget = groupSize * MaxCopies;
        _blocks.EnsureCapacity(groupSize / 2 * BoxTree.BlockLength(boxes.LaneCount));
        _cell = new uint[2 * boxes.LaneCount];
        for (var lane = 0; lane < boxes.LaneCount; lane++)
        {
            _cell[(2 * lane) + 1] = boxes.Max(lane);
        }
    }

    /// <param name="boxes">All boxes.</param>
    /// <param name="group">Those of the tree, in order; at least one.</param>
    public static BoxTree Build(BoxList boxes, List<int> group)
    {
        var builder = new BoxTreeBuilder(boxes, group.Count);
        var root = builder.AddCell(CollectionsMarshal.AsSpan(group));
        return new BoxTree(
            CollectionsMarshal.AsSpan(builder._nodes), CollectionsMarshal.AsSpan(builder._blocks), boxes.LaneCount, root, boxes.Entry(group[0]));
    }

    /// <summary>Adds the cell of now, and all that it is cut into.</summary>
    /// <param name="boxes">Boxes of the cell around it.</param>
    /// <returns>The link to it.</returns>
    private int AddCell(ReadOnlySpan<int> boxes)
    {
        var start = _path.Count;
        Enter(boxes);
        var link = IsFull || _path.Count - start <= BoxTree.BlockSize || _cutter.Cut(_path, start, _cell) is not { } lane
            ? BoxTree.LinkToBlock(AddBlocks(start))
            : AddNode(start, lane);
        _path.RemoveRange(start, _path.Count - start);
        return link;
    }

    private bool IsFull => _blocks.Count / BoxTree.BlockLength(_boxes.LaneCount) * BoxTree.BlockSize > _slotBudget;

    private int AddNode(int start, int lane)
    {
        var node = _nodes.Count / BoxTree.NodeLength;
        CollectionsMarshal.SetCount(_nodes, _nodes.Count + BoxTree.NodeLength);
        CollectionsMarshal.AsSpan(_nodes)[^BoxTree.NodeLength..].Fill(uint.MaxValue);
        uint[] ends = [.. _cutter.Ends, _cell[(2 * lane) + 1]];
        var (low, high) = (_cell[2 * lane], _cell[(2 * lane) + 1]);
        for (var part = 0; part < ends.Length; part++)
        {
            (_cell[2 * lane], _cell[(2 * lane) + 1]) = (part == 0 ? low : ends[part - 1] + 1, ends[part]);
            var link = AddCell(CollectionsMarshal.AsSpan(_path)[start..]);
            var words = CollectionsMarshal.AsSpan(_nodes).Slice(node * BoxTree.NodeLength, BoxTree.NodeLength);
            words[part] = part < ends.Length - 1 ? ends[part] : uint.MaxValue;
            words[BoxTree.MaxParts + part] = (uint)link;
        }
        (_cell[2 * lane], _cell[(2 * lane) + 1]) = (low, high);
        return BoxTree.LinkToNode(node, lane);
    }

    /// <summary>Adds to the path the boxes that a point of the cell can lead to: those that meet it, up to a final one that contains it.</summary>
    private void Enter(ReadOnlySpan<int> boxes)
    {
        var start = _path.Count;
        CollectionsMarshal.SetCount(_path, start + boxes.Length);
        var entered = CollectionsMarshal.AsSpan(_path)[start..];
        var count = 0;
        foreach (var box in boxes)
        {
            var (meets, contains) = Compare(_boxes.Bounds(box));
            entered[count] = box;
            count += meets ? 1 : 0;
            if (contains && _boxes.IsFinal(box))
            {
                break;
            }
        }
        CollectionsMarshal.SetCount(_path, start + count);
    }

    private (bool Meets, bool Contains) Compare(ReadOnlySpan<uint> box)
    {
        var contains = true;
        for (var i = 0; i < _cell.Length; i += 2)
        {
            if (box[i] > _cell[i + 1] || box[i + 1] < _cell[i])
            {
                return (false, false);
            }
            contains &= box[i] <= _cell[i] && box[i + 1] >= _cell[i + 1];
        }
        return (true, contains);
    }

    /// <summary>Adds the boxes on the path from <paramref name="start"/> on.</summary>
    /// <returns>The number of their first block.</returns>
    private int AddBlocks(int start)
    {
        var length = BoxTree.BlockLength(_boxes.LaneCount);
        var first = _blocks.Count / length;
        var boxes = CollectionsMarshal.AsSpan(_path)[start..];
        do
        {
            var block = boxes[..Math.Min(boxes.Length, BoxTree.BlockSize)];
            boxes = boxes[block.Length..];
            CollectionsMarshal.SetCount(_blocks, _blocks.Count + length);
            var words = CollectionsMarshal.AsSpan(_blocks)[^length..];
            words.Clear();
            words[..BoxTree.BlockSize].Fill(BoxSearch.None);
            words[BoxTree.NextBlockOffset] = boxes.IsEmpty ? 0 : (uint)(_blocks.Count / length);
            for (var i = 0; i < block.Length; i++)
            {
                Fill(words[i..], block[i]);
            }
        }
        while (!boxes.IsEmpty);
        return first;
    }

    /// <summary>Writes a box into its place of a block.</summary>
    private void Fill(Span<uint> words, int box)
    {
        words[0] = (uint)_boxes.Entry(box);
        for (var lane = 0; lane < _boxes.LaneCount; lane++)
        {
            var offset = BoxTree.BoundsOffset + (2 * BoxTree.BlockSize * lane);
            words[offset] = _boxes.Low(box, lane);
            words[offset + BoxTree.BlockSize] = _boxes.High(box, lane) - _boxes.Low(box, lane);
        }
    }
}
