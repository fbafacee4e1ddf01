using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>A group of boxes: cuts of the space, and in each cell the boxes that meet it.</summary>
/// <param name="nodes">The root first, the two children of a cut beside each other.</param>
/// <param name="bounds">Blocks of boxes, lane by lane: the lows of the block's boxes, then their sizes (high - low).</param>
/// <param name="entries">The entry of each box of each block; <see cref="BoxSearch.None"/> fills a block up.</param>
internal sealed class BoxTree(BoxTree.Node[] nodes, uint[] bounds, int[] entries)
{
    /// <summary>The least entry of its boxes.</summary>
    public int FirstEntry { get; } = entries.Min();

    public uint[] Bounds => bounds;

    public int[] Entries => entries;

    /// <summary>The leaf of the cell that a point is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Node FindLeaf(ref uint point)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(nodes);
        var node = first;
        while (!node.IsLeaf)
        {
            var isAbove = Unsafe.Add(ref point, node.Lane) >= node.Cut;
            node = Unsafe.Add(ref first, node.Next + (isAbove ? 1 : 0));
        }
        return node;
    }

    /// <summary>The leaves of the cells that several points are in.</summary>
    /// <param name="first">The first point; the others lie behind it.</param>
    /// <param name="laneCount">Values of a point.</param>
    /// <param name="wanted">Indexes of the points that are looked for.</param>
    /// <param name="found">For each of them the index of a leaf (<see cref="NodeAt"/>).</param>
    public void FindLeaves(ref uint first, int laneCount, ReadOnlySpan<int> wanted, Span<int> found)
    {
        ref var root = ref MemoryMarshal.GetArrayDataReference(nodes);
        Span<int> moving = stackalloc int[wanted.Length];
        for (var i = 0; i < wanted.Length; i++)
        {
            (moving[i], found[i]) = (i, 0);
        }
        for (var count = wanted.Length; count > 0;)
        {
            var movingCount = 0;
            for (var i = 0; i < count; i++)
            {
                var point = moving[i];
                var node = Unsafe.Add(ref root, found[point]);
                var isAbove = Unsafe.Add(ref first, (wanted[point] * laneCount) + node.Lane) >= node.Cut;
                found[point] = node.IsLeaf ? found[point] : node.Next + (isAbove ? 1 : 0);
                moving[movingCount] = point; // those at a leaf are written over
                movingCount += node.IsLeaf ? 0 : 1;
            }
            count = movingCount;
        }
    }

    public Node NodeAt(int index) => nodes[index];

    /// <summary>A cut, or a leaf. 8 bytes: a search waits for little else than for nodes to come from memory.</summary>
    internal readonly struct Node
    {
        /// <summary>Lanes are numbered below it.</summary>
        public const int MaxLaneCount = 1 << LaneBits;

        private const int LaneBits = 3;
        private readonly int _link;

        private Node(int link, uint cut)
        {
            _link = link;
            Cut = cut;
        }

        public bool IsLeaf => _link < 0;

        /// <summary>The lane that is cut.</summary>
        public int Lane => _link & (MaxLaneCount - 1);

        /// <summary>Index of the lower child; the upper one is behind it.</summary>
        public int Next => _link >> LaneBits;

        /// <summary>The first value of the upper child.</summary>
        public uint Cut { get; }

        /// <summary>Index of a leaf's first block.</summary>
        public int FirstBlock => ~_link;

        /// <summary>How many blocks a leaf has.</summary>
        public int BlockCount => (int)Cut;

        public static Node AtCut(int lane, uint cut, int next) => new((next << LaneBits) | lane, cut);

        public static Node Leaf(int firstBlock, int blockCount) => new(~firstBlock, (uint)blockCount);
    }
}
