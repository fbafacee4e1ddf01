using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Puts blocks together that differ in several dimensions, where no packet between them is left out.</summary>
/// <remarks>
/// Packets without a socket have neither user nor group, so that 'uid none' and 'uid !0 gid !0' are one block though they differ
/// in both. Of each two blocks the least block that holds both is tried: it takes their place where all of its packets are in
/// some block. Only of few blocks, since every two are tried against all.
/// </remarks>
/// <param name="layout">The dimensions.</param>
/// <param name="universe">The packets that there are.</param>
internal sealed class BlockJoiner(SpaceLayout layout, ulong[][] universe)
{
    /// <summary>More blocks than a person reads are left as they are.</summary>
    public const int MaxBlocks = 12;
    private const int MaxPieces = 256;

    private readonly int _input = layout[PacketField.InInterface].Index;
    private readonly int _output = layout[PacketField.OutInterface].Index;

    /// <summary>The blocks, fewer where that is possible.</summary>
    public List<SpaceBlock> Join(List<SpaceBlock> blocks)
    {
        while (blocks.Count is > 1 and <= MaxBlocks && JoinTwo(blocks) is { } fewer)
        {
            blocks = fewer;
        }
        return blocks;
    }

    private List<SpaceBlock>? JoinTwo(List<SpaceBlock> blocks)
    {
        var closed = blocks.ConvertAll(Close);
        for (var i = 0; i < blocks.Count; i++)
        {
            for (var j = i + 1; j < blocks.Count; j++)
            {
                if (closed[i] is { } one && closed[j] is { } other && GoAlike(one, other) && Hull(one, other) is { } hull && IsCovered(hull, closed))
                {
                    return [.. blocks.Where((_, k) => closed[k] is not { } block || !Boxes.Holds(hull, block, layout.NarrowCount)), SpaceBlock.Of(hull)];
                }
            }
        }
        return null;
    }

    /// <summary>Whether two boxes do not differ in both interfaces: what arrives to stay here and what is sent by lo are told apart better.</summary>
    private bool GoAlike(ulong[] one, ulong[] other) => one[_input] == other[_input] || one[_output] == other[_output];

    /// <summary>The least box that has all packets of a block; null for a block that is more than a box.</summary>
    private ulong[]? Close(SpaceBlock block)
    {
        if (Array.Exists(block.Codes, codes => codes.Length > 1))
        {
            return null;
        }
        ulong[]? least = null;
        foreach (var entry in universe)
        {
            if (Meet([.. block.Codes.Select(codes => codes[0])], entry) is { } part)
            {
                least = least is null ? part : Hull(least, part);
                if (least is null)
                {
                    return null;
                }
            }
        }
        return least;
    }

    /// <summary>The least box that holds two; null where one dimension's codes do not come together.</summary>
    private ulong[]? Hull(ulong[] one, ulong[] other)
    {
        var hull = new ulong[one.Length];
        for (var d = 0; d < hull.Length; d++)
        {
            if (d < layout.NarrowCount)
            {
                hull[d] = one[d] | other[d];
                continue;
            }
            var (low, end) = (Math.Max((uint)one[d], (uint)other[d]), Math.Min((uint)(one[d] >> 32), (uint)(other[d] >> 32)));
            if (low > end)
            {
                return null;
            }
            hull[d] = Math.Min((uint)one[d], (uint)other[d]) | ((ulong)Math.Max((uint)(one[d] >> 32), (uint)(other[d] >> 32)) << 32);
        }
        return hull;
    }

    /// <summary>Whether every packet of a box is in some block.</summary>
    private bool IsCovered(ulong[] box, List<ulong[]?> blocks)
    {
        var rest = universe.Select(entry => Meet(box, entry)).OfType<ulong[]>().ToList();
        foreach (var block in blocks.OfType<ulong[]>())
        {
            rest = [.. rest.SelectMany(piece => Without(piece, block))];
            if (rest.Count > MaxPieces)
            {
                return false;
            }
        }
        return rest.Count == 0;
    }

    private List<ulong[]> Without(ulong[] box, ulong[] other)
    {
        if (Meet(box, other) is null)
        {
            return [box];
        }
        var rest = new List<ulong[]>();
        layout.Cut(box, other, rest);
        return rest;
    }

    private ulong[]? Meet(ulong[] one, ulong[] other)
    {
        var common = new ulong[one.Length];
        for (var d = 0; d < common.Length; d++)
        {
            common[d] = Boxes.Meet(one[d], other[d], d < layout.NarrowCount);
            if (common[d] == Boxes.Nothing)
            {
                return null;
            }
        }
        return common;
    }
}
