using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>A field whose classes are the elementary intervals between the end points of all sets asked for.</summary>
/// <param name="field">The field.</param>
/// <param name="starts">First value of each class but the first, sorted and distinct.</param>
/// <param name="max">The field's largest value.</param>
/// <param name="hasAbsent">Whether a packet may lack the field.</param>
internal sealed class IntervalDimension(PacketField field, UInt128[] starts, UInt128 max, bool hasAbsent)
    : Dimension(field, starts.Length + (hasAbsent ? 2 : 1), hasAbsent)
{
    private int LastPresent => starts.Length;

    public override int ClassOf(UInt128 value)
    {
        var low = 0;
        var high = starts.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (starts[middle] <= value)
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

    public override void AddCodes(FieldSet set, List<ulong> codes)
    {
        var runs = new List<(int Low, int High)>(set.Ranges.Length + 1);
        foreach (var (low, high) in set.Ranges)
        {
            runs.Add((ClassOf(low), ClassOf(UInt128.Min(high, max))));
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

    public override UInt128 ValueOf(int cls) => cls == 0 ? 0 : starts[cls - 1];

    private UInt128 EndOf(int cls) => cls == LastPresent ? max : starts[cls] - 1;

    public override bool IsSingle(int cls) => cls == AbsentClass || ValueOf(cls) == EndOf(cls);

    public override int[]? MapOf(Func<uint, uint> operation) => null;
}
