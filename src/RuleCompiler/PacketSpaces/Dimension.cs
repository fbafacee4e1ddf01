using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>One axis of a packet space: a field, or some bits of a mark, cut into classes that nothing tells apart.</summary>
/// <remarks>
/// A constraint on a dimension is one 64-bit <em>code</em>. Up to <see cref="MaxNarrow"/> classes it is the bit set of
/// the classes allowed; above, an interval of classes, the lowest in the lower half and the one behind the highest in the
/// upper one. No code is 0, which stands for 'no class'. 'The field is absent' is a class like others, and the last one.
/// </remarks>
/// <param name="field">What it is about.</param>
/// <param name="classCount">Number of classes, 'absent' included.</param>
/// <param name="hasAbsent">Whether a packet may lack the field.</param>
/// <param name="isWide">Whether codes are intervals even of a few classes, as those of a larger dimension with the same values.</param>
internal abstract class Dimension(PacketField field, int classCount, bool hasAbsent, bool isWide = false)
{
    /// <summary>Most classes that a bit set holds.</summary>
    public const int MaxNarrow = 64;

    public PacketField Field { get; } = field;

    /// <summary>Place in the layout.</summary>
    public int Index { get; set; }

    /// <summary>Number of classes, 'absent' included.</summary>
    public int ClassCount { get; } = classCount;

    /// <summary>The class of 'absent'; -1 for a field that every packet has.</summary>
    public int AbsentClass { get; } = hasAbsent ? classCount - 1 : -1;

    /// <summary>Whether codes are bit sets.</summary>
    public bool IsNarrow { get; } = !isWide && classCount <= MaxNarrow;

    /// <summary>Every class.</summary>
    public ulong Full => IsNarrow ? ulong.MaxValue >> (MaxNarrow - ClassCount) : Interval(0, ClassCount - 1);

    /// <summary>Every class but 'absent'.</summary>
    public ulong Present => AbsentClass < 0 ? Full
        : IsNarrow ? Full & ~(1UL << AbsentClass)
        : Interval(0, AbsentClass - 1);

    public ulong Absent => CodeOf(AbsentClass);

    public ulong CodeOf(int cls) => IsNarrow ? 1UL << cls : Interval(cls, cls);

    /// <summary>The class of a value.</summary>
    public abstract int ClassOf(UInt128 value);

    /// <summary>The codes whose union are the classes of a set; the set never cuts a class.</summary>
    public abstract void AddCodes(FieldSet set, List<ulong> codes);

    /// <summary>Disjoint sets whose union are the values of a code, 'absent' included where it is; one wherever one can say it.</summary>
    public abstract IReadOnlyList<FieldSet> SetsOf(ulong code);

    /// <summary>A value of a class, which is not 'absent'.</summary>
    public abstract UInt128 ValueOf(int cls);

    /// <summary>Whether a class holds a single value, so that to have it is to have that value.</summary>
    public abstract bool IsSingle(int cls);

    /// <summary>The class that an operation on values maps each class to; -1 where it cannot be told.</summary>
    public abstract int[]? MapOf(Func<uint, uint> operation);

    public static ulong Interval(int low, int high) => (uint)low | ((ulong)(uint)(high + 1) << 32);

    /// <summary>Runs of set bits of a class set as codes: one for a narrow dimension, one a run for a wide one.</summary>
    protected void AddRuns(IReadOnlyList<(int Low, int High)> runs, List<ulong> codes)
    {
        if (!IsNarrow)
        {
            foreach (var (low, high) in runs)
            {
                codes.Add(Interval(low, high));
            }
            return;
        }
        var bits = 0UL;
        foreach (var (low, high) in runs)
        {
            bits |= (ulong.MaxValue >> (MaxNarrow - 1 - (high - low))) << low;
        }
        if (bits != 0)
        {
            codes.Add(bits);
        }
    }

    /// <summary>Adds the classes of one code that are not in another as codes.</summary>
    public void AddDifference(ulong code, ulong without, List<ulong> codes)
    {
        if (IsNarrow)
        {
            if ((code & ~without) is not Boxes.Nothing and var rest)
            {
                codes.Add(rest);
            }
            return;
        }
        var (low, end) = ((uint)code, (uint)(code >> 32));
        var (cutLow, cutEnd) = ((uint)without, (uint)(without >> 32));
        if (cutLow > low)
        {
            codes.Add(low | ((ulong)Math.Min(end, cutLow) << 32));
        }
        if (cutEnd < end)
        {
            codes.Add(Math.Max(low, cutEnd) | ((ulong)end << 32));
        }
    }

    /// <summary>The classes of a code, upward.</summary>
    public IEnumerable<int> ClassesOf(ulong code)
    {
        if (IsNarrow)
        {
            for (var rest = code; rest != 0; rest &= rest - 1)
            {
                yield return System.Numerics.BitOperations.TrailingZeroCount(rest);
            }
            yield break;
        }
        for (var cls = (int)(uint)code; cls < (int)(code >> 32); cls++)
        {
            yield return cls;
        }
    }

    /// <summary>Whether a code has a class.</summary>
    public bool Has(ulong code, int cls) => IsNarrow ? (code >> cls & 1) != 0 : cls >= (int)(uint)code && cls < (int)(code >> 32);

    /// <summary>The lowest class of a code.</summary>
    public int FirstClass(ulong code) => IsNarrow ? System.Numerics.BitOperations.TrailingZeroCount(code) : (int)(uint)code;

    /// <summary>Whether a code has one class only.</summary>
    public bool IsPoint(ulong code) => IsNarrow ? (code & (code - 1)) == 0 : (uint)code + 1 == (uint)(code >> 32);
}
