using System.Numerics;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Which bits of marks rules tell apart, and which values they name.</summary>
internal sealed class MarkValues
{
    /// <summary>More values of one part than this, and changes that turn bits round are no longer followed exactly.</summary>
    private const int MaxValues = 60;

    private readonly HashSet<uint> _masks = [];
    private readonly HashSet<uint> _constants = [0];
    private readonly HashSet<uint> _flips = [];
    private bool _hasPacketMark;
    private bool _hasConnectionMark;
    private bool _areCompared;

    public void AddTest(PacketField field, FieldSet set)
    {
        Note(field);
        foreach (var (bits, mask) in FewestCubes(set).Cubes)
        {
            _masks.Add(mask);
            _constants.Add(bits);
            if (field == PacketField.MarkDifference)
            {
                _flips.Add(bits);
            }
        }
    }

    public void AddChange(PacketField field, uint value, uint mask)
    {
        Note(field);
        _masks.Add(mask);
        _constants.Add(value);
        if ((value & ~mask) != 0)
        {
            _masks.Add(value & ~mask);
            _flips.Add(value & ~mask);
        }
    }

    public void AddCopy(uint packetMask, uint connectionMask)
    {
        _hasPacketMark = _hasConnectionMark = _areCompared = true;
        _masks.Add(packetMask);
        _masks.Add(connectionMask);
    }

    /// <summary>A set of marks as masked tests: their union, or where the set is negated what its complement's union is.</summary>
    public static IEnumerable<(uint Bits, uint Mask)> Cubes(FieldSet set) => set.IsMasked
        ? [((uint)set.Bits, (uint)set.Mask)]
        : set.Ranges.SelectMany(range => Prefixes((uint)range.Low, (uint)UInt128.Min(range.High, uint.MaxValue)));

    /// <summary>A set of marks, or its complement, as masked tests: whichever are fewer.</summary>
    public static (IReadOnlyList<(uint Bits, uint Mask)> Cubes, bool IsComplement) FewestCubes(FieldSet set)
    {
        IReadOnlyList<(uint, uint)> inside = [.. Cubes(set)];
        if (set.IsMasked)
        {
            return (inside, set.IsNegated);
        }
        IReadOnlyList<(uint, uint)> outside = [.. Cubes(set.Complement(uint.MaxValue))];
        return outside.Count < inside.Count ? (outside, true) : (inside, false);
    }

    public IEnumerable<MarkDimension> Create()
    {
        if (!_hasPacketMark && !_hasConnectionMark)
        {
            yield break;
        }
        foreach (var mask in Parts())
        {
            var values = ValuesIn(mask);
            yield return new MarkDimension(PacketField.Mark, mask, values, hasAbsent: false);
            if (_hasConnectionMark)
            {
                yield return new MarkDimension(PacketField.ConnectionMark, mask, values, hasAbsent: true);
            }
            if (_areCompared)
            {
                yield return new MarkDimension(PacketField.MarkDifference, mask, values, hasAbsent: true);
            }
        }
    }

    private void Note(PacketField field)
    {
        _hasPacketMark |= field == PacketField.Mark;
        _hasConnectionMark |= field is PacketField.ConnectionMark or PacketField.MarkDifference;
        _areCompared |= field == PacketField.MarkDifference;
    }

    /// <summary>Bits that are in the same masks stay together; bits in none are a part of their own.</summary>
    private List<uint> Parts()
    {
        var parts = new List<uint> { uint.MaxValue };
        foreach (var mask in _masks)
        {
            parts = [.. parts.SelectMany(part => new[] { part & mask, part & ~mask }).Where(part => part != 0)];
        }
        return parts;
    }

    private uint[] ValuesIn(uint part)
    {
        if (BitOperations.PopCount(part) == 1)
        {
            return [0, part];
        }
        var values = _constants.Select(value => value & part).ToHashSet();
        foreach (var flip in _flips.Select(flip => flip & part).Where(flip => flip != 0).Distinct())
        {
            if (2 * values.Count <= MaxValues)
            {
                values.UnionWith([.. values.Select(value => value ^ flip)]);
            }
        }
        return [.. values.Order()];
    }

    /// <summary>The fewest aligned blocks that make up an interval.</summary>
    private static IEnumerable<(uint Bits, uint Mask)> Prefixes(ulong low, ulong high)
    {
        while (low <= high)
        {
            var size = low == 0 ? 1UL << 32 : low & (~low + 1);
            while (low + size - 1 > high)
            {
                size >>= 1;
            }
            yield return ((uint)low, (uint)~(size - 1));
            low += size;
        }
    }
}
