using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Writes a union of disjoint boxes as few blocks.</summary>
/// <remarks>
/// First what no packet could tell is left open: a constraint that every packet of the rest of the box satisfies. Then
/// blocks that differ in one dimension only become one, dimension after dimension, both until nothing changes; of few blocks,
/// <see cref="BlockJoiner"/> then tries those that differ in several. Not the
/// fewest possible, which is hard to find, but what boxes cut apart by rules come together to. Cost: a few rounds of
/// hashing every block once for each dimension.
/// </remarks>
/// <param name="layout">The dimensions.</param>
/// <param name="universe">The packets that there are.</param>
internal sealed class BlockMerger(SpaceLayout layout, ulong[][] universe)
{
    private const int MaxRounds = 6;

    private readonly BlockJoiner _joiner = new(layout, universe);

    /// <summary>Dimensions in which the universe's boxes differ, or that they limit: only there can a constraint hold anyway.</summary>
    private readonly int[] _limited =
    [
        .. Enumerable.Range(0, layout.Count).Where(d => Array.Exists(universe, entry => entry[d] != layout.Full[d])),
    ];

    /// <summary>What <see cref="Open"/> has made of the constraints in these dimensions.</summary>
    private readonly Dictionary<SpaceBlock, ulong[]> _opened = new(new AllBut(-1));

    /// <summary>The blocks, in a fixed order; together, and within the universe, exactly the boxes.</summary>
    public List<SpaceBlock> Merge(IEnumerable<ulong[]> boxes)
    {
        var blocks = boxes.Select(Open).Select(SpaceBlock.Of).ToList();
        for (var round = 0; round < MaxRounds && blocks.Count > 1; round++)
        {
            var before = blocks.Count;
            for (var d = 0; d < layout.Count; d++)
            {
                if (blocks.Exists(block => !block.Codes[d].AsSpan().SequenceEqual(blocks[0].Codes[d])))
                {
                    blocks = Merge(blocks, d);
                }
            }
            (blocks, var isOpened) = OpenBlocks(blocks);
            if (blocks.Count == before && !isOpened)
            {
                break;
            }
        }
        return OpenBlocks(_joiner.Join(blocks)).Blocks;
    }

    /// <summary>What came together may hold anyway: of 'port 22' and 'another port' is left that there are ports.</summary>
    private (List<SpaceBlock> Blocks, bool IsChanged) OpenBlocks(List<SpaceBlock> blocks)
    {
        var isChanged = false;
        List<SpaceBlock> opened = [.. blocks.Select(OpenBlock).Distinct(new AllBut(-1))];
        return (opened, isChanged);

        SpaceBlock OpenBlock(SpaceBlock block)
        {
            // Where a dimension has several codes, all of it is looked at instead: that leaves less open, never too much.
            var box = block.Codes.Select((codes, d) => codes is [var code] ? code : layout.Full[d]).ToArray();
            var open = Open(box);
            for (var d = 0; d < box.Length; d++)
            {
                if (open[d] != box[d])
                {
                    block = block.With(d, [open[d]]);
                    isChanged = true;
                }
            }
            return block;
        }
    }

    /// <summary>The box without constraints that hold anyway.</summary>
    public ulong[] Open(ulong[] box)
    {
        var key = SpaceBlock.Of([.. _limited.Select(d => box[d])]);
        if (!_opened.TryGetValue(key, out var opened))
        {
            var whole = OpenAll(box);
            opened = [.. _limited.Select(d => whole[d])];
            _opened.Add(key, opened);
        }
        ulong[] open = [.. box];
        for (var i = 0; i < opened.Length; i++)
        {
            open[_limited[i]] = opened[i];
        }
        return open;
    }

    private ulong[] OpenAll(ulong[] box)
    {
        ulong[] open = [.. box];
        foreach (var d in _limited)
        {
            var own = open[d];
            // The interfaces say which of the universe's parts is meant, the protocol which fields there are.
            if (own == layout.Full[d] || layout.Dimensions[d].Field is PacketField.InInterface or PacketField.OutInterface or PacketField.Protocol)
            {
                continue;
            }
            open[d] = layout.Full[d];
            if (!Array.TrueForAll(universe, entry => !Meets(open, entry) || Boxes.Meet(own, entry[d], layout.Dimensions[d].IsNarrow) == entry[d]))
            {
                open[d] = own;
            }
        }
        return open;
    }

    private bool Meets(ulong[] box, ulong[] other)
    {
        for (var d = 0; d < box.Length; d++)
        {
            if (Boxes.Meet(box[d], other[d], d < layout.NarrowCount) == Boxes.Nothing)
            {
                return false;
            }
        }
        return true;
    }

    private List<SpaceBlock> Merge(List<SpaceBlock> blocks, int dimension)
    {
        var places = new Dictionary<SpaceBlock, int>(blocks.Count, new AllBut(dimension));
        var merged = new List<SpaceBlock>(blocks.Count);
        var gathered = new List<List<ulong>?>(blocks.Count);
        foreach (var block in blocks)
        {
            if (places.TryGetValue(block, out var place))
            {
                (gathered[place] ??= [.. merged[place].Codes[dimension]]).AddRange(block.Codes[dimension]);
                continue;
            }
            places.Add(block, merged.Count);
            merged.Add(block);
            gathered.Add(null);
        }
        for (var i = 0; i < merged.Count; i++)
        {
            if (gathered[i] is { } codes)
            {
                merged[i] = merged[i].With(dimension, Union(codes, layout.Dimensions[dimension].IsNarrow));
            }
        }
        return merged;
    }

    private static ulong[] Union(List<ulong> codes, bool isNarrow)
    {
        if (isNarrow)
        {
            return [codes.Aggregate((all, code) => all | code)];
        }
        codes.Sort((left, right) => ((uint)left).CompareTo((uint)right));
        var union = new List<ulong>();
        foreach (var code in codes)
        {
            if (union.Count > 0 && (uint)(union[^1] >> 32) >= (uint)code)
            {
                union[^1] = (uint)union[^1] | (Math.Max(union[^1] >> 32, code >> 32) << 32);
            }
            else
            {
                union.Add(code);
            }
        }
        return [.. union];
    }

    /// <summary>Blocks are the same where all dimensions but one are, or all where that is -1.</summary>
    private sealed class AllBut(int dimension) : IEqualityComparer<SpaceBlock>
    {
        public bool Equals(SpaceBlock? one, SpaceBlock? other)
        {
            if (one is null || other is null)
            {
                return ReferenceEquals(one, other);
            }
            for (var d = 0; d < one.Codes.Length; d++)
            {
                if (d != dimension && !one.Codes[d].AsSpan().SequenceEqual(other.Codes[d]))
                {
                    return false;
                }
            }
            return true;
        }

        public int GetHashCode(SpaceBlock block) => block.HashWithout(dimension);
    }
}
