using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>A field of few values, grouped by the sets asked for and by what operations make of them: bit tests are no intervals.</summary>
internal sealed class EnumeratedDimension : Dimension
{
    private readonly ushort[] _classOf;
    private readonly UInt128[] _values;
    private readonly int[] _first;
    private readonly int[] _sizes;

    private EnumeratedDimension(PacketField field, UInt128[] values, ushort[] classOf, int presentCount, bool hasAbsent)
        : base(field, presentCount + (hasAbsent ? 1 : 0), hasAbsent)
    {
        _values = values;
        _classOf = classOf;
        _first = new int[presentCount];
        _sizes = new int[presentCount];
        for (var i = values.Length - 1; i >= 0; i--)
        {
            _first[classOf[i]] = i;
            _sizes[classOf[i]]++;
        }
    }

    /// <summary>Groups values that no set and no operation tells apart.</summary>
    /// <param name="field">The field.</param>
    /// <param name="values">All values that it can have, the most usual ones first: they stand for their class.</param>
    /// <param name="sets">The sets asked for.</param>
    /// <param name="operations">What rules make of a value.</param>
    /// <param name="constants">Values that must be told from all others.</param>
    /// <param name="hasAbsent">Whether a packet may lack the field.</param>
    public static EnumeratedDimension Create(
        PacketField field,
        UInt128[] values,
        IReadOnlyCollection<FieldSet> sets,
        IReadOnlyCollection<Func<uint, uint>> operations,
        IReadOnlySet<UInt128> constants,
        bool hasAbsent)
    {
        var places = new Dictionary<UInt128, int>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            places[values[i]] = i;
        }
        var classes = Renumber(values.Length, i => constants.Contains(values[i]) ? i + 1 : 0, new ushort[values.Length]);
        foreach (var set in sets)
        {
            classes = Renumber(values.Length, i => set.Contains(values[i]) ? 1 : 0, classes.ClassOf);
        }
        for (var before = 0; before != classes.Count;)
        {
            before = classes.Count;
            foreach (var operation in operations)
            {
                var current = classes.ClassOf;
                classes = Renumber(
                    values.Length, i => places.TryGetValue(operation((uint)values[i]), out var place) ? current[place] : -1, current);
            }
        }
        return new EnumeratedDimension(field, values, classes.ClassOf, classes.Count, hasAbsent);
    }

    private static (ushort[] ClassOf, int Count) Renumber(int count, Func<int, int> signature, ushort[] before)
    {
        var numbers = new Dictionary<(int, ushort), ushort>();
        var after = new ushort[count];
        for (var i = 0; i < count; i++)
        {
            var key = (signature(i), before[i]);
            if (!numbers.TryGetValue(key, out var number))
            {
                numbers[key] = number = (ushort)numbers.Count;
            }
            after[i] = number;
        }
        return (after, numbers.Count);
    }

    public override int ClassOf(UInt128 value) => _classOf[Array.IndexOf(_values, value)];

    public override void AddCodes(FieldSet set, List<ulong> codes)
    {
        var runs = new List<(int Low, int High)>();
        for (var cls = 0; cls < _first.Length; cls++)
        {
            if (set.Contains(ValueOf(cls)))
            {
                Add(cls);
            }
        }
        if (set.IncludesAbsent && AbsentClass >= 0)
        {
            Add(AbsentClass);
        }
        AddRuns(runs, codes);

        void Add(int cls)
        {
            if (runs.Count > 0 && runs[^1].High == cls - 1)
            {
                runs[^1] = (runs[^1].Low, cls);
            }
            else
            {
                runs.Add((cls, cls));
            }
        }
    }

    public override IReadOnlyList<FieldSet> SetsOf(ulong code)
    {
        var classes = new bool[ClassCount];
        foreach (var cls in ClassesOf(code))
        {
            classes[cls] = true;
        }
        var values = _values.Where((_, i) => classes[_classOf[i]]).Select(value => new Interval(value, value));
        return [FieldSet.Union(values).WithAbsent(AbsentClass >= 0 && classes[AbsentClass])];
    }

    public override UInt128 ValueOf(int cls) => _values[_first[cls]];

    public override bool IsSingle(int cls) => cls == AbsentClass || _sizes[cls] == 1;

    public override int[]? MapOf(Func<uint, uint> operation)
    {
        var map = new int[ClassCount];
        for (var cls = 0; cls < map.Length; cls++)
        {
            map[cls] = cls == AbsentClass ? cls
                : Array.IndexOf(_values, operation((uint)ValueOf(cls))) is >= 0 and var place ? _classOf[place] : -1;
        }
        return map;
    }
}
