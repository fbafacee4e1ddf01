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
    private Node[] _nodes = [];
    private int[] _leafRows = [];
    private int[] _roots = [];

    private RowTree(int rowCount) => _rowCount = rowCount;

    /// <summary>Number of rows that one query may go through before all rows are the better answer.</summary>
    private int TooMany => _rowCount / 2;

    public static RowTree Build(SpaceRuleset ruleset, SpaceChain chain)
    {
        var tree = new RowTree(chain.Rows.Length);
        var builder = new Builder(tree, ruleset, chain);
        builder.Run();
        return tree;
    }

    /// <summary>The rows whose wide constraints meet those of a box, upward; null where that is most of them.</summary>
    public int[]? Find(ReadOnlySpan<ulong> box)
    {
        var found = ArrayPool<int>.Shared.Rent(64);
        var count = 0;
        Span<int> stack = stackalloc int[MaxDepth + 8];
        foreach (var root in _roots)
        {
            var depth = 0;
            stack[depth++] = root;
            while (depth > 0)
            {
                var node = _nodes[stack[--depth]];
                if (node.Dimension < 0)
                {
                    if (count + node.Right > found.Length)
                    {
                        if (count > TooMany)
                        {
                            ArrayPool<int>.Shared.Return(found);
                            return null;
                        }
                        var larger = ArrayPool<int>.Shared.Rent(2 * (count + node.Right));
                        found.AsSpan(0, count).CopyTo(larger);
                        ArrayPool<int>.Shared.Return(found);
                        found = larger;
                    }
                    _leafRows.AsSpan(node.Left, node.Right).CopyTo(found.AsSpan(count));
                    count += node.Right;
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
        foreach (var root in _roots)
        {
            var depth = 0;
            stack[depth++] = root;
            while (depth > 0)
            {
                ref readonly var node = ref _nodes[stack[--depth]];
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
                foreach (var row in _leafRows.AsSpan(node.Left, node.Right))
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

    /// <remarks>The rows of the nodes on the way to the one that is built are on a stack.</remarks>
    private sealed class Builder(RowTree tree, SpaceRuleset ruleset, SpaceChain chain)
    {
        private readonly SpaceLayout _layout = ruleset.Layout;
        private readonly ulong[]?[] _codes = new ulong[]?[ruleset.Layout.Count];
        private readonly List<uint> _ends = [];
        private readonly List<Node> _nodes = [];
        private readonly List<int> _leafRows = [];
        private readonly List<int> _roots = [];
        private readonly List<int> _stack = [];

        public void Run()
        {
            ReadCodes();
            var source = _layout[Packets.PacketField.Source].Index;
            var destination = _layout[Packets.PacketField.Destination].Index;
            var groups = new List<int>[4];
            for (var row = 0; row < chain.Rows.Length; row++)
            {
                var group = (CodeOf(row, source) != _layout.Full[source] ? 1 : 0) | (CodeOf(row, destination) != _layout.Full[destination] ? 2 : 0);
                (groups[group] ??= []).Add(row);
            }
            foreach (var group in groups)
            {
                if (group is not null)
                {
                    _stack.Clear();
                    _stack.AddRange(group);
                    _roots.Add(Build(0, group.Count, 0));
                }
            }
            (tree._nodes, tree._leafRows, tree._roots) = ([.. _nodes], [.. _leafRows], [.. _roots]);
        }

        /// <summary>The rows' codes by dimension; none of a dimension that no row asks for.</summary>
        private void ReadCodes()
        {
            for (var row = 0; row < chain.Rows.Length; row++)
            {
                foreach (var (dimension, code) in ruleset.TestsOf(chain.Rows[row]))
                {
                    if (_codes[dimension] is not { } codes)
                    {
                        codes = new ulong[chain.Rows.Length];
                        Array.Fill(codes, _layout.Full[dimension]);
                        _codes[dimension] = codes;
                    }
                    codes[row] = code;
                }
            }
        }

        private int Build(int first, int count, int depth)
        {
            if (count <= LeafSize || depth == MaxDepth || ChooseCut(first, count) is not var (dimension, cut))
            {
                return AddLeaf(first, count);
            }
            var place = _nodes.Count;
            _nodes.Add(default);
            var end = _stack.Count;
            PushSide(first, count, dimension, cut, isLeft: true);
            var leftCount = _stack.Count - end;
            PushSide(first, count, dimension, cut, isLeft: false);
            var rightCount = _stack.Count - end - leftCount;
            if (leftCount == count || rightCount == count)
            {
                CollectionsMarshal.SetCount(_stack, end);
                _nodes.RemoveAt(place);
                return AddLeaf(first, count);
            }
            var left = Build(end, leftCount, depth + 1);
            _nodes[place] = new Node(dimension, cut, left, Build(end + leftCount, rightCount, depth + 1));
            CollectionsMarshal.SetCount(_stack, end);
            return place;
        }

        private int AddLeaf(int first, int count)
        {
            _nodes.Add(new Node(-1, 0, _leafRows.Count, count));
            _leafRows.AddRange(CollectionsMarshal.AsSpan(_stack).Slice(first, count));
            return _nodes.Count - 1;
        }

        private void PushSide(int first, int count, int dimension, uint cut, bool isLeft)
        {
            for (var i = first; i < first + count; i++)
            {
                var code = CodeOf(_stack[i], dimension);
                if (isLeft ? (uint)code < cut : (uint)(code >> 32) > cut)
                {
                    _stack.Add(_stack[i]);
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
            for (var dimension = _layout.NarrowCount; dimension < _layout.Count; dimension++)
            {
                if (_codes[dimension] is not { } codes)
                {
                    continue;
                }
                var full = _layout.Full[dimension];
                _ends.Clear();
                for (var i = first; i < first + count; i += step)
                {
                    var code = codes[_stack[i]];
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
                _ends.Sort();
                var cut = _ends[_ends.Count / 2];
                int left = 0, right = 0;
                for (var i = first; i < first + count; i += step)
                {
                    var code = codes[_stack[i]];
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

        private ulong CodeOf(int row, int dimension) => _codes[dimension]?[row] ?? _layout.Full[dimension];
    }
}
