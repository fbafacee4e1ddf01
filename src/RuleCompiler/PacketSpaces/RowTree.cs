using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace RuleCompiler.PacketSpaces;

/// <summary>Finds the rows of a long chain that a box meets.</summary>
/// <remarks>
/// Rows are grouped by whether they name a source and a destination; each group is a binary tree that cuts one wide
/// dimension at a time, at an end point of the rows in it. A row that a cut goes through is on both sides. Grouping
/// keeps that rare: rows that name the same things can be told apart by them.
/// </remarks>
internal sealed class RowTree
{
    private const int LeafSize = 8;
    private const int MaxDepth = 40;
    private const int SampleSize = 48;

    private readonly int _rowCount;
    private readonly Group[] _groups;

    private RowTree(int rowCount, Group[] groups) => (_rowCount, _groups) = (rowCount, groups);

    /// <summary>Number of rows that one query may go through before all rows are the better answer.</summary>
    private int TooMany => _rowCount / 2;

    /// <summary>The tree of a chain, each group on a core of its own.</summary>
    public static RowTree Build(SpaceRuleset ruleset, SpaceChain chain)
    {
        var codes = new RowCodes(ruleset, chain);
        var rows = codes.Grouped();
        var groups = new Group[rows.Length];
        Parallel.For(0, rows.Length, index => groups[index] = new Builder(ruleset.Layout, codes, rows[index]).Run());
        return new RowTree(chain.Rows.Length, groups);
    }

    /// <summary>The rows whose wide constraints meet those of a box, upward; null where that is most of them.</summary>
    /// <param name="box">The box.</param>
    /// <param name="before">The first row that is of no interest.</param>
    public int[]? Find(ReadOnlySpan<ulong> box, int before = int.MaxValue)
    {
        var found = ArrayPool<int>.Shared.Rent(64);
        var count = 0;
        Span<int> stack = stackalloc int[MaxDepth + 8];
        foreach (var (nodes, leafRows) in _groups)
        {
            var depth = 0;
            stack[depth++] = 0;
            while (depth > 0)
            {
                var node = nodes[stack[--depth]];
                if (node.Dimension < 0)
                {
                    var leaf = leafRows.AsSpan(node.Left, node.Right);
                    while (leaf is [.., var last] && last >= before)
                    {
                        leaf = leaf[..^1];
                    }
                    if (count + leaf.Length > found.Length)
                    {
                        if (count > TooMany)
                        {
                            ArrayPool<int>.Shared.Return(found);
                            return null;
                        }
                        var larger = ArrayPool<int>.Shared.Rent(2 * (count + leaf.Length));
                        found.AsSpan(0, count).CopyTo(larger);
                        ArrayPool<int>.Shared.Return(found);
                        found = larger;
                    }
                    leaf.CopyTo(found.AsSpan(count));
                    count += leaf.Length;
                    continue;
                }
                var code = box[node.Dimension];
                if ((uint)(code >> 32) > node.Cut)
                {
                    stack[depth++] = node.Right;
                }
                if ((uint)code < node.Cut)
                {
                    stack[depth++] = node.Left;
                }
            }
        }
        // Marking costs a look at each word, sorting some for each row found.
        var rows = count > _rowCount / 256 ? MarkedDistinct(found.AsSpan(0, count)) : SortedDistinct(found.AsSpan(0, count));
        ArrayPool<int>.Shared.Return(found);
        return rows;
    }

    /// <summary>The first row, from an index on, that a packet may match; the number of rows where there is none.</summary>
    /// <param name="point">What the packet is now, as a code of each dimension.</param>
    /// <param name="from">The index.</param>
    /// <param name="ruleset">The rules.</param>
    /// <param name="chain">The chain of this tree.</param>
    public int NextAt(ReadOnlySpan<ulong> point, int from, SpaceRuleset ruleset, SpaceChain chain)
    {
        var first = _rowCount;
        Span<int> stack = stackalloc int[MaxDepth + 8];
        foreach (var (nodes, leafRows) in _groups)
        {
            var depth = 0;
            stack[depth++] = 0;
            while (depth > 0)
            {
                ref readonly var node = ref nodes[stack[--depth]];
                if (node.Dimension >= 0)
                {
                    var code = point[node.Dimension];
                    if ((uint)(code >> 32) > node.Cut)
                    {
                        stack[depth++] = node.Right;
                    }
                    if ((uint)code < node.Cut)
                    {
                        stack[depth++] = node.Left;
                    }
                    continue;
                }
                foreach (var row in leafRows.AsSpan(node.Left, node.Right))
                {
                    if (row >= first)
                    {
                        break;
                    }
                    if (row >= from && Boxes.Meets(point, ruleset.TestsOf(chain.Rows[row]), ruleset.Layout.NarrowCount))
                    {
                        first = row;
                        break;
                    }
                }
            }
        }
        return first;
    }

    private int[] MarkedDistinct(ReadOnlySpan<int> rows)
    {
        var length = (_rowCount + 63) / 64;
        var words = ArrayPool<ulong>.Shared.Rent(length);
        var marks = words.AsSpan(0, length);
        marks.Clear();
        foreach (var row in rows)
        {
            marks[row >> 6] |= 1UL << (row & 63);
        }
        var count = 0;
        foreach (var mark in marks)
        {
            count += BitOperations.PopCount(mark);
        }
        var distinct = new int[count];
        var next = 0;
        for (var word = 0; word < marks.Length; word++)
        {
            for (var rest = marks[word]; rest != 0; rest &= rest - 1)
            {
                distinct[next++] = (word << 6) + BitOperations.TrailingZeroCount(rest);
            }
        }
        ArrayPool<ulong>.Shared.Return(words);
        return distinct;
    }

    private static int[] SortedDistinct(Span<int> rows)
    {
        rows.Sort();
        var count = 0;
        foreach (var row in rows)
        {
            if (count == 0 || rows[count - 1] != row)
            {
                rows[count++] = row;
            }
        }
        return rows[..count].ToArray();
    }

    /// <param name="Dimension">The dimension cut; -1 for a leaf.</param>
    /// <param name="Cut">Classes below it are on the left.</param>
    /// <param name="Left">The left node; of a leaf the index of its first row.</param>
    /// <param name="Right">The right node; of a leaf the number of its rows.</param>
    private readonly record struct Node(int Dimension, uint Cut, int Left, int Right);

    /// <summary>The tree of one group.</summary>
    /// <param name="Nodes">The first is the root.</param>
    /// <param name="LeafRows">The rows of all leaves.</param>
    private readonly record struct Group(Node[] Nodes, int[] LeafRows);

    /// <param name="layout">The dimensions.</param>
    /// <param name="codes">What the rows ask for.</param>
    /// <param name="rows">The group; then, behind it, the rows of the nodes on the way to the one that is built.</param>
    private sealed class Builder(SpaceLayout layout, RowCodes codes, List<int> rows)
    {
        private readonly List<uint> _ends = [];
        private readonly List<Node> _nodes = [];
        private readonly List<int> _leafRows = [];

        public Group Run()
        {
            Build(0, rows.Count, 0);
            return new Group([.. _nodes], [.. _leafRows]);
        }

        private int Build(int first, int count, int depth)
        {
            if (count <= LeafSize || depth == MaxDepth || ChooseCut(first, count) is not var (dimension, cut))
            {
                return AddLeaf(first, count);
            }
            var place = _nodes.Count;
            _nodes.Add(default);
            var end = rows.Count;
            PushSide(first, count, dimension, cut, isLeft: true);
            var leftCount = rows.Count - end;
            PushSide(first, count, dimension, cut, isLeft: false);
            var rightCount = rows.Count - end - leftCount;
            if (leftCount == count || rightCount == count)
            {
                CollectionsMarshal.SetCount(rows, end);
                _nodes.RemoveAt(place);
                return AddLeaf(first, count);
            }
            var left = Build(end, leftCount, depth + 1);
            _nodes[place] = new Node(dimension, cut, left, Build(end + leftCount, rightCount, depth + 1));
            CollectionsMarshal.SetCount(rows, end);
            return place;
        }

        private int AddLeaf(int first, int count)
        {
            _nodes.Add(new Node(-1, 0, _leafRows.Count, count));
            _leafRows.AddRange(CollectionsMarshal.AsSpan(rows).Slice(first, count));
            return _nodes.Count - 1;
        }

        private void PushSide(int first, int count, int dimension, uint cut, bool isLeft)
        {
            ReadOnlySpan<ulong> own = codes.Of(dimension);
            for (var i = first; i < first + count; i++)
            {
                var code = own[rows[i]];
                if (isLeft ? (uint)code < cut : (uint)(code >> 32) > cut)
                {
                    rows.Add(rows[i]);
                }
            }
        }

        /// <summary>The median end point of the dimension that separates a sample of the rows best; null where none does.</summary>
        private (int Dimension, uint Cut)? ChooseCut(int first, int count)
        {
            var step = Math.Max(1, count / SampleSize);
            (int, uint)? best = null;
            var sampled = (count + step - 1) / step;
            var bestCost = 0.85 * sampled;
            for (var dimension = layout.NarrowCount; dimension < layout.Count; dimension++)
            {
                if (codes.Of(dimension) is not { } own)
                {
                    continue;
                }
                var full = layout.Full[dimension];
                _ends.Clear();
                for (var i = first; i < first + count; i += step)
                {
                    var code = own[rows[i]];
                    if ((uint)code != (uint)full)
                    {
                        _ends.Add((uint)code);
                    }
                    if (code >> 32 != full >> 32)
                    {
                        _ends.Add((uint)(code >> 32));
                    }
                }
                if (_ends.Count == 0)
                {
                    continue;
                }
                var cut = Medians.Upper(CollectionsMarshal.AsSpan(_ends));
                int left = 0, right = 0;
                for (var i = first; i < first + count; i += step)
                {
                    var code = own[rows[i]];
                    left += (uint)code < cut ? 1 : 0;
                    right += (uint)(code >> 32) > cut ? 1 : 0;
                }
                var cost = Math.Max(left, right) + (0.5 * (left + right - sampled));
                if (cost < bestCost)
                {
                    (best, bestCost) = ((dimension, cut), cost);
                }
            }
            return best;
        }
    }
}
