using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>A field whose classes are the elementary intervals between the end points of all sets asked for.</summary>
internal sealed class IntervalDimension : Dimension
{
    private readonly ulong[]? _words; // the starts of fields of up to 64 bits, which are searched faster
    private readonly UInt128[] _starts;
    private readonly UInt128 _max;

    /// <param name="field">The field.</param>
    /// <param name="starts">First value of each class but the first, sorted and distinct.</param>
    /// <param name="max">The field's largest value.</param>
    /// <param name="hasAbsent">Whether a packet may lack the field.</param>
    public IntervalDimension(PacketField field, UInt128[] starts, UInt128 max, bool hasAbsent)
        : base(field, starts.Length + (hasAbsent ? 2 : 1), hasAbsent) => (_starts, _max, LastPresent) = (starts, max, starts.Length);

    /// <inheritdoc cref="IntervalDimension(PacketField, UInt128[], UInt128, bool)"/>
    public IntervalDimension(PacketField field, ulong[] starts, ulong max, bool hasAbsent)
        : base(field, starts.Length + (hasAbsent ? 2 : 1), hasAbsent) => (_words, _starts, _max, LastPresent) = (starts, [], max, starts.Length);

    private int LastPresent { get; }

    public override int ClassOf(UInt128 value) => _words is not { } words ? FirstAbove(_starts, value)
        : value > ulong.MaxValue ? LastPresent
        : FirstAbove(words, (ulong)value);

    private static int FirstAbove<T>(T[] starts, T value)
        where T : struct, IComparable<T>
    {
        var (low, high) = (0, starts.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (starts[middle].CompareTo(value) <= 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    /// <summary>The classes of a set of one interval, without 'absent'; null for any other set.</summary>
    public ulong? CodeOf(FieldSet set)
    {
        if (set.IncludesAbsent || set.Ranges is not [var (first, last)])
        {
            return null;
        }
        var (low, high) = (ClassOf(first), ClassOf(UInt128.Min(last, _max)));
        return IsNarrow ? (ulong.MaxValue >> (MaxNarrow - 1 - (high - low))) << low : Interval(low, high);
    }

    public override void AddCodes(FieldSet set, List<ulong> codes)
    {
        var runs = new List<(int Low, int High)>(set.Ranges.Length + 1);
        foreach (var (low, high) in set.Ranges)
        {
            runs.Add((ClassOf(low), ClassOf(UInt128.Min(high, _max))));
        }
        if (set.IncludesAbsent && AbsentClass >= 0)
        {
            if (runs.Count > 0 && runs[^1].High == LastPresent)
            {
                runs[^1] = (runs[^1].Low, AbsentClass);
            }
            else
            {
                runs.Add((AbsentClass, AbsentClass));
            }
        }
        AddRuns(runs, codes);
    }

    public override IReadOnlyList<FieldSet> SetsOf(ulong code)
    {
        var intervals = new List<Interval>();
        var isAbsent = false;
        if (IsNarrow)
        {
            foreach (var cls in ClassesOf(code))
            {
                Add(cls, cls);
            }
        }
        else
        {
            Add((int)(uint)code, (int)(code >> 32) - 1);
        }
        return [FieldSet.Union(intervals).WithAbsent(isAbsent)];

        void Add(int low, int high)
        {
            isAbsent |= high == AbsentClass;
            if (low <= LastPresent)
            {
                intervals.Add(new Interval(ValueOf(low), EndOf(Math.Min(high, LastPresent))));
            }
        }
    }

    public override UInt128 ValueOf(int cls) => cls == 0 ? 0 : StartOf(cls);

    private UInt128 StartOf(int cls) => _words is { } words ? words[cls - 1] : _starts[cls - 1];

    private UInt128 EndOf(int cls) => cls == LastPresent ? _max : StartOf(cls + 1) - 1;

    public override bool IsSingle(int cls) => cls == AbsentClass || ValueOf(cls) == EndOf(cls);

    public override int[]? MapOf(Func<uint, uint> operation) => null;
}
