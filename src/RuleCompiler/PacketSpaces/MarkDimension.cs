using System.Numerics;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Some bits of a mark that all tests and changes take together: each value that they name, and all others.</summary>
/// <remarks>
/// A 32-bit mark under <c>--mark 0x4000/0x4000</c> and <c>--set-xmark 0x1/0xff</c> is three independent numbers: bit 14,
/// the low byte, and the rest. So a masked test is a product of constraints, and copying a mark copies dimensions, with or without
/// 'absent': their codes have one form.
/// </remarks>
internal sealed class MarkDimension : Dimension
{
    private const int Width = 32;
    private readonly uint[] _values;
    private readonly Dictionary<uint, int> _classes;
    private readonly bool _hasOthers;

    /// <param name="field">Mark, connection mark, or the difference of the two.</param>
    /// <param name="mask">The bits.</param>
    /// <param name="values">The values named, within <paramref name="mask"/>, distinct.</param>
    /// <param name="hasAbsent">Whether a packet may lack it.</param>
    public MarkDimension(PacketField field, uint mask, uint[] values, bool hasAbsent)
        : base(field, values.Length + (HasOthers(mask, values) ? 1 : 0) + (hasAbsent ? 1 : 0), hasAbsent, isWide: values.Length + (HasOthers(mask, values) ? 1 : 0) + 1 > MaxNarrow)
    {
        Mask = mask;
        _values = values;
        _classes = Enumerable.Range(0, values.Length).ToDictionary(cls => values[cls]);
        _hasOthers = HasOthers(mask, values);
    }

    /// <summary>Its bits.</summary>
    public uint Mask { get; }

    /// <summary>The values that are classes of their own.</summary>
    public IReadOnlyList<uint> Named => _values;

    /// <summary>How many of the named values a code has.</summary>
    public int CountNamed(ulong code) => IsNarrow
        ? BitOperations.PopCount(_values.Length == MaxNarrow ? code : code & ((1UL << _values.Length) - 1))
        : Math.Max(0, Math.Min((int)(code >> 32), _values.Length) - (int)(uint)code);

    /// <summary>Whether a value, within the bits, is a class of its own.</summary>
    public bool IsNamed(uint value) => _classes.ContainsKey(value);

    public override int ClassOf(UInt128 value) => _classes.TryGetValue((uint)value & Mask, out var named) ? named : _values.Length;

    public override void AddCodes(FieldSet set, List<ulong> codes) => throw new InvalidOperationException();

    public override IReadOnlyList<FieldSet> SetsOf(ulong code)
    {
        var classes = ClassesOf(code).ToHashSet();
        var sets = new List<FieldSet>();
        if (_hasOthers && classes.Contains(_values.Length))
        {
            AddAllBut([.. _values.Where((_, cls) => !classes.Contains(cls))], 0, 0, sets);
        }
        else
        {
            sets.AddRange(_values.Where((_, cls) => classes.Contains(cls)).Select(value => FieldSet.Masked(value, Mask, Width)));
        }
        if (AbsentClass >= 0 && classes.Contains(AbsentClass))
        {
            sets = sets.Count == 0 ? [FieldSet.Empty.WithAbsent(true)] : [sets[0].WithAbsent(true), .. sets.Skip(1)];
        }
        return sets;
    }

    /// <summary>The values that agree with <paramref name="bits"/> in <paramref name="mask"/>, the missing ones cut out bit by bit.</summary>
    private void AddAllBut(uint[] missing, uint bits, uint mask, List<FieldSet> sets)
    {
        if (missing is [var only] && mask == 0)
        {
            sets.Add(FieldSet.Masked(only, Mask, Width).Complement(uint.MaxValue).WithAbsent(false));
        }
        else if (missing.Length == 0)
        {
            sets.Add(mask == 0 ? FieldSet.Range(0, uint.MaxValue) : FieldSet.Masked(bits, mask, Width));
        }
        else if (mask != Mask)
        {
            var bit = 1u << (31 - BitOperations.LeadingZeroCount(Mask & ~mask));
            AddAllBut([.. missing.Where(value => (value & bit) == 0)], bits, mask | bit, sets);
            AddAllBut([.. missing.Where(value => (value & bit) != 0)], bits | bit, mask | bit, sets);
        }
    }

    public override UInt128 ValueOf(int cls)
    {
        if (cls < _values.Length)
        {
            return _values[cls];
        }
        for (uint candidate = 0; ; candidate = (candidate - Mask) & Mask)
        {
            if (!IsNamed(candidate))
            {
                return candidate;
            }
        }
    }

    public override bool IsSingle(int cls) => cls == AbsentClass || cls < _values.Length;

    public override int[]? MapOf(Func<uint, uint> operation)
    {
        var map = new int[ClassCount];
        // Others become others only where the named values become named ones.
        var isClosed = Array.TrueForAll(_values, value => IsNamed(operation(value) & Mask));
        for (var cls = 0; cls < map.Length; cls++)
        {
            map[cls] = cls == AbsentClass ? cls
                : cls < _values.Length ? ClassOf(operation(_values[cls]))
                : isClosed ? cls : -1;
        }
        return map;
    }

    private static bool HasOthers(uint mask, uint[] values) =>
        BitOperations.PopCount(mask) is var bits && (bits == 32 || values.Length < 1L << bits);
}
