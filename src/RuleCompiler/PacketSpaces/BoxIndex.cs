using System.Numerics;
using System.Runtime.InteropServices;

namespace RuleCompiler.PacketSpaces;

/// <summary>A growing list of boxes, of which those that meet a box are found without a look at all of them.</summary>
/// <remarks>
/// A binary tree that cuts one dimension at a time: a wide one at an end point of the boxes in a leaf that has grown too large, a
/// narrow one by the classes that one of them has. A box that a cut goes through is on both sides; where no cut keeps that rare, the
/// leaf grows. Cost: for boxes that mostly lie apart, the logarithm of their number for each box added or asked for.
/// </remarks>
/// <param name="layout">The dimensions.</param>
internal sealed class BoxIndex(SpaceLayout layout)
{
    private const int LeafSize = 16;
    private const int SampleSize = 32;
    private const double WorthCutting = 0.85;

    private readonly List<ulong[]> _boxes = [];
    private readonly Node _root = new();
    private readonly Stack<Node> _open = new();

    /// <summary>How many there are.</summary>
    public int Count => _boxes.Count;

    /// <summary>A box, by the order in which they were added.</summary>
    public ulong[] this[int index] => _boxes[index];

    /// <summary>Adds a box at the end.</summary>
    public void Add(ulong[] box)
    {
        _boxes.Add(box);
        foreach (var leaf in LeavesAt(box))
        {
            leaf.Boxes.Add(_boxes.Count - 1);
            if (leaf.Boxes.Count > leaf.MostBoxes && !TryCut(leaf))
            {
                leaf.MostBoxes *= 2;
            }
        }
    }

    /// <summary>The boxes that have packets in common with one, in the order in which they were added.</summary>
    public IEnumerable<int> Meeting(ulong[] box)
    {
        var found = new SortedSet<int>();
        foreach (var leaf in LeavesAt(box))
        {
            foreach (var index in leaf.Boxes)
            {
                if (Boxes.Overlap(box, _boxes[index], layout.NarrowCount))
                {
                    found.Add(index);
                }
            }
        }
        return found;
    }

    private List<Node> LeavesAt(ulong[] box)
    {
        var leaves = new List<Node>();
        _open.Push(_root);
        while (_open.TryPop(out var node))
        {
            if (node is not { Left: { } left, Right: { } right })
            {
                leaves.Add(node);
                continue;
            }
            var (isLeft, isRight) = Sides(node.Dimension, node.Cut, box[node.Dimension]);
            if (isRight)
            {
                _open.Push(right);
            }
            if (isLeft)
            {
                _open.Push(left);
            }
        }
        return leaves;
    }

    private (bool IsLeft, bool IsRight) Sides(int dimension, ulong cut, ulong code) => dimension < layout.NarrowCount
        ? ((code & cut) != 0, (code & ~cut) != 0)
        : ((uint)code < cut, code >> 32 > cut);

    private bool TryCut(Node leaf)
    {
        if (ChooseCut(leaf.Boxes) is not var (dimension, cut))
        {
            return false;
        }
        var (left, right) = (new Node { MostBoxes = leaf.MostBoxes }, new Node { MostBoxes = leaf.MostBoxes });
        foreach (var index in leaf.Boxes)
        {
            var (isLeft, isRight) = Sides(dimension, cut, _boxes[index][dimension]);
            if (isLeft)
            {
                left.Boxes.Add(index);
            }
            if (isRight)
            {
                right.Boxes.Add(index);
            }
        }
        if (left.Boxes.Count == leaf.Boxes.Count || right.Boxes.Count == leaf.Boxes.Count)
        {
            return false;
        }
        (leaf.Dimension, leaf.Cut, leaf.Left, leaf.Right) = (dimension, cut, left, right);
        leaf.Boxes.Clear();
        return true;
    }

    /// <summary>What separates a sample of boxes best; null where nothing does.</summary>
    private (int Dimension, ulong Cut)? ChooseCut(List<int> boxes)
    {
        var step = Math.Max(1, boxes.Count / SampleSize);
        var sample = new List<ulong>();
        (int, ulong)? best = null;
        var bestCost = double.MaxValue;
        for (var d = 0; d < layout.Count; d++)
        {
            sample.Clear();
            for (var i = 0; i < boxes.Count; i += step)
            {
                sample.Add(_boxes[boxes[i]][d]);
            }
            if (CutOf(d, sample) is not { } cut)
            {
                continue;
            }
            int left = 0, right = 0;
            foreach (var code in sample)
            {
                var (isLeft, isRight) = Sides(d, cut, code);
                left += isLeft ? 1 : 0;
                right += isRight ? 1 : 0;
            }
            var cost = Math.Max(left, right) + (0.5 * (left + right - sample.Count));
            if (cost < bestCost && cost < WorthCutting * sample.Count)
            {
                (best, bestCost) = ((d, cut), cost);
            }
        }
        return best;
    }

    /// <summary>The median end point of a wide dimension, the fewest classes that one box has of a narrow one; null where all boxes have all.</summary>
    private ulong? CutOf(int dimension, List<ulong> sample)
    {
        var full = layout.Full[dimension];
        if (dimension < layout.NarrowCount)
        {
            var least = sample.MinBy(BitOperations.PopCount);
            return least == full ? null : least;
        }
        var ends = new List<uint>();
        foreach (var code in sample)
        {
            if ((uint)code != (uint)full)
            {
                ends.Add((uint)code);
            }
            if (code >> 32 != full >> 32)
            {
                ends.Add((uint)(code >> 32));
            }
        }
        return ends.Count == 0 ? null : Medians.Upper(CollectionsMarshal.AsSpan(ends));
    }

    /// <summary>A leaf, with boxes, until it is cut.</summary>
    private sealed class Node
    {
        public List<int> Boxes { get; } = [];

        public int MostBoxes { get; set; } = LeafSize;

        public int Dimension { get; set; }

        /// <summary>Of a wide dimension the first class on the right, of a narrow one the classes on the left.</summary>
        public ulong Cut { get; set; }

        public Node? Left { get; set; }

        public Node? Right { get; set; }
    }
}
