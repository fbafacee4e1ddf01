using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>A group of boxes: cuts of the space, and in each cell the boxes that meet it.</summary>
/// <remarks>
/// A node cuts its cell along one lane into up to <see cref="MaxParts"/> parts, and all cuts are compared with the point at
/// once: four levels of a binary tree in the time of one and a half, without a branch that would have to be guessed. The
/// link to a node carries the lane that is cut there, so the point's value is at hand when the cuts come from memory.
/// </remarks>
internal sealed class BoxTree
{
    /// <summary>Parts of a node's cell.</summary>
    public const int MaxParts = 16;

    /// <summary>Boxes of a block, which are tested at once.</summary>
    public const int BlockSize = 8;

    /// <summary>Lanes are numbered below it.</summary>
    public const int MaxLaneCount = 1 << LaneBits;

    /// <summary>Words of a node: the last value of each part, the largest value where there is no further one; then the links of the parts.</summary>
    public const int NodeLength = 2 * MaxParts;

    /// <summary>Where in a block the number of the block stands that goes on with the boxes of the cell; 0 for none.</summary>
    public const int NextBlockOffset = BlockSize;

    /// <summary>Where in a block the bounds begin: of each lane the lows of the boxes, then their sizes (high - low).</summary>
    public const int BoundsOffset = 2 * BlockSize;

    private const int LaneBits = 3;
    private readonly AlignedWords _nodes;
    private readonly AlignedWords _blocks;
    private readonly int _laneCount;
    private readonly int _root;

    /// <param name="nodes">Words of all nodes.</param>
    /// <param name="blocks">Words of all blocks. Each begins with the entries of its boxes, in order; <see cref="BoxSearch.None"/> fills them up.</param>
    /// <param name="laneCount">Lanes of a box.</param>
    /// <param name="root">The link to the root.</param>
    /// <param name="firstEntry">The least entry of all boxes.</param>
    public BoxTree(ReadOnlySpan<uint> nodes, ReadOnlySpan<uint> blocks, int laneCount, int root, int firstEntry)
    {
        _nodes = new AlignedWords(nodes);
        _blocks = new AlignedWords(blocks);
        _laneCount = laneCount;
        _root = root;
        FirstEntry = firstEntry;
    }

    /// <summary>The least entry of its boxes.</summary>
    public int FirstEntry { get; }

    /// <summary>Words of a block.</summary>
    public static int BlockLength(int laneCount) => BoundsOffset + (2 * BlockSize * laneCount);

    /// <summary>The link to a node that cuts a lane.</summary>
    public static int LinkToNode(int node, int lane) => (node << LaneBits) | lane;

    /// <summary>The link to a cell that is not cut.</summary>
    public static int LinkToBlock(int block) => ~block;

    /// <summary>The first entry, from <paramref name="from"/> on, that has a box with this point.</summary>
    /// <param name="point">One value a lane.</param>
    /// <param name="from">The least entry that counts.</param>
    /// <returns><see cref="BoxSearch.None"/> where there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindFirst(ref uint point, int from)
    {
        var link = _root;
        while (link >= 0)
        {
            ref var node = ref Unsafe.Add(ref _nodes.First, (nuint)((uint)link >> LaneBits) * NodeLength);
            var value = Unsafe.Add(ref point, (nuint)((uint)link & (MaxLaneCount - 1)));
            link = (int)Unsafe.Add(ref node, (nuint)(MaxParts + CountBelow(ref node, value)));
        }
        return FindInBlocks(~link, ref point, from);
    }

    /// <summary>How many of a node's parts lie wholly below a value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountBelow(ref uint ends, uint value)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            var below = Vector512.LessThan(Vector512.LoadUnsafe(ref ends), Vector512.Create(value));
            return BitOperations.PopCount(below.ExtractMostSignificantBits());
        }
        var values = Vector256.Create(value);
        var low = Vector256.LoadUnsafe(ref ends);
        var high = Vector256.LoadUnsafe(ref ends, MaxParts / 2);
        var notBelow = Vector256.Equals(Vector256.Max(low, values), low).ExtractMostSignificantBits()
            | (Vector256.Equals(Vector256.Max(high, values), high).ExtractMostSignificantBits() << (MaxParts / 2));
        return MaxParts - BitOperations.PopCount(notBelow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindInBlocks(int number, ref uint point, int from)
    {
        while (true)
        {
            ref var block = ref Unsafe.Add(ref _blocks.First, (nuint)(uint)number * (nuint)(uint)BlockLength(_laneCount));
            if (Test(ref block, ref point, from) is var hits and not 0)
            {
                return (int)Unsafe.Add(ref block, BitOperations.TrailingZeroCount(hits));
            }
            number = (int)Unsafe.Add(ref block, NextBlockOffset);
            if (number == 0)
            {
                return BoxSearch.None;
            }
        }
    }

    /// <summary>One bit for each box of a block that contains the point and counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Test(ref uint block, ref uint point, int from)
    {
        var inside = Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref block).AsInt32(), Vector256.Create(from)).AsUInt32();
        for (var lane = 0; lane < _laneCount; lane++)
        {
            var offset = (nuint)(BoundsOffset + (2 * BlockSize * lane));
            var distance = Vector256.Create(Unsafe.Add(ref point, lane)) - Vector256.LoadUnsafe(ref block, offset);
            var size = Vector256.LoadUnsafe(ref block, offset + BlockSize);
            inside &= Vector256.Equals(Vector256.Min(distance, size), distance);
        }
        return inside.ExtractMostSignificantBits();
    }
}
