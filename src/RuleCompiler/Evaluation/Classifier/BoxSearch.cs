using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Finds the first box that contains a point, among as many boxes as there may be.</summary>
/// <remarks>
/// Boxes stand in up to four groups, by whether each of the two lanes that tell them apart best is wide in them: so few
/// boxes of a group are cut in two. Each group has a binary tree of cuts. Its leaves hold blocks of
/// <see cref="BlockSize"/> boxes, all tested at once as <c>x - low &lt;= high - low</c> without a branch. Groups are
/// searched in order of their first entry, and only while that is before what was found. A search costs about the
/// logarithm of the number of boxes for each group.
/// </remarks>
internal sealed class BoxSearch
{
    /// <summary>What is found where no box contains the point.</summary>
    public const int None = int.MaxValue;

    /// <summary>Boxes that are tested at once.</summary>
    public const int BlockSize = 8;

    /// <summary>Points that go down a tree together.</summary>
    private const int TogetherCount = 16;

    private readonly int _laneCount;
    private readonly BoxTree[] _groups;

    private BoxSearch(int laneCount, BoxTree[] groups)
    {
        _laneCount = laneCount;
        _groups = groups;
    }

    /// <param name="boxes">Boxes in order of their entries.</param>
    public static BoxSearch Create(BoxList boxes) =>
        new(boxes.LaneCount, [.. BoxGroups.Divide(boxes).Select(group => BoxTreeBuilder.Build(boxes, group)).OrderBy(t => t.FirstEntry)]);

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
            best = FindInLeaf(group, group.FindLeaf(ref first), ref first, from, best);
        }
        return best;
    }

    /// <summary>The first entry of each of many points.</summary>
    /// <remarks>
    /// Several points go down a tree in turn, a node each: while one waits for its node to come from memory, the others
    /// go on. About twice as fast as one after the other.
    /// </remarks>
    /// <param name="points">One value a lane, point behind point.</param>
    /// <param name="found">For each point what <see cref="FindFirst"/> finds.</param>
    public void FindAll(ReadOnlySpan<uint> points, Span<int> found)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points.Length, _laneCount * found.Length);
        Span<int> waiting = stackalloc int[TogetherCount];
        Span<int> nodes = stackalloc int[TogetherCount];
        found.Fill(None);
        for (var start = 0; start < found.Length; start += TogetherCount)
        {
            var count = Math.Min(TogetherCount, found.Length - start);
            ref var first = ref MemoryMarshal.GetReference(points[(start * _laneCount)..]);
            var best = found.Slice(start, count);
            foreach (var group in _groups)
            {
                var waitingCount = 0;
                for (var i = 0; i < count; i++)
                {
                    waiting[waitingCount] = i;
                    waitingCount += group.FirstEntry < best[i] ? 1 : 0;
                }
                if (waitingCount == 0)
                {
                    break;
                }
                group.FindLeaves(ref first, _laneCount, waiting[..waitingCount], nodes);
                for (var i = 0; i < waitingCount; i++)
                {
                    var point = waiting[i];
                    best[point] = FindInLeaf(
                        group, group.NodeAt(nodes[i]), ref Unsafe.Add(ref first, point * _laneCount), 0, best[point]);
                }
            }
        }
    }

    private int FindInLeaf(BoxTree tree, BoxTree.Node leaf, ref uint point, int from, int best)
    {
        ref var bounds = ref MemoryMarshal.GetArrayDataReference(tree.Bounds);
        var blockLength = 2 * BlockSize * _laneCount;
        for (var block = leaf.FirstBlock; block < leaf.FirstBlock + leaf.BlockCount; block++)
        {
            var entries = tree.Entries.AsSpan(block * BlockSize, BlockSize);
            if (entries[0] >= best)
            {
                return best;
            }
            for (var hits = TestBlock(ref Unsafe.Add(ref bounds, block * blockLength), ref point); hits != 0; hits &= hits - 1)
            {
                var entry = entries[BitOperations.TrailingZeroCount(hits)];
                if (entry >= from)
                {
                    return Math.Min(best, entry);
                }
            }
        }
        return best;
    }

    /// <summary>One bit for each box of a block that contains the point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint TestBlock(ref uint bounds, ref uint point)
    {
        var inside = Vector256<uint>.AllBitsSet;
        for (var lane = 0; lane < _laneCount; lane++)
        {
            var offset = (nuint)(2 * BlockSize * lane);
            var distance = Vector256.Create(Unsafe.Add(ref point, lane)) - Vector256.LoadUnsafe(ref bounds, offset);
            var size = Vector256.LoadUnsafe(ref bounds, offset + BlockSize);
            inside &= Vector256.Equals(Vector256.Min(distance, size), distance);
        }
        return inside.ExtractMostSignificantBits();
    }
}
