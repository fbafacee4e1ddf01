using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>One coordinate of a point: a packet field, its values numbered so that a box can bound them by two words.</summary>
internal abstract class Lane(PacketField testedField)
{
    /// <summary>Largest value that a table of codes is made for.</summary>
    public const int MaxCoded = 0xFFF;

    public PacketField Field { get; } = testedField;

    /// <summary>The largest coordinate.</summary>
    public abstract uint Max { get; }

    /// <summary>The coordinate of a value.</summary>
    /// <param name="value">Null where the packet has no such field.</param>
    public abstract uint Encode(UInt128? value);

    /// <summary>The coordinates of a set's values, as closed intervals in order; null where they cannot be told.</summary>
    public abstract List<(uint Low, uint High)>? Intervals(FieldSet set);

    /// <summary>The coordinate of a packet's field as it is now; null where its value is not known.</summary>
    public virtual uint? Encode(PacketState state) => state.Ask(Field) switch
    {
        FieldStatus.Present => Encode(state.Value(Field)),
        FieldStatus.Absent => Encode((UInt128?)null),
        _ => null,
    };

    /// <summary>A field of at most 32 bits: the coordinate is the value, and behind the largest one 'absent'.</summary>
    public sealed class Plain(PacketField field, uint max) : Lane(field)
    {
        public override uint Max => max < uint.MaxValue ? max + 1 : max;

        public override uint Encode(UInt128? value) => value is { } present ? (uint)present : Max;

        public override List<(uint Low, uint High)>? Intervals(FieldSet set)
        {
            if (set.IsMasked)
            {
                return null;
            }
            var intervals = new List<(uint Low, uint High)>(set.Ranges.Length + 1);
            foreach (var (low, high) in set.Ranges)
            {
                if (low <= max)
                {
                    intervals.Add(((uint)low, (uint)UInt128.Min(high, max)));
                }
            }
            if (set.IncludesAbsent && max < uint.MaxValue)
            {
                AddValue(intervals, Max);
            }
            return intervals;
        }
    }

    /// <summary>A wider field: the coordinate is the value's class, and behind the last one 'absent'.</summary>
    public sealed class Classed(PacketField field, FieldClassifier classifier) : Lane(field)
    {
        public override uint Max => (uint)classifier.ClassCount;

        public override uint Encode(UInt128? value) =>
            (uint)(value is { } present ? classifier.Classify(present) : classifier.ClassCount);

        public override uint? Encode(PacketState state) => state.Ask(Field) switch
        {
            FieldStatus.Present => (uint)state.Class(Field),
            FieldStatus.Absent => Max,
            _ => null,
        };

        public override List<(uint Low, uint High)>? Intervals(FieldSet set)
        {
            if (set.IsMasked)
            {
                return null;
            }
            var intervals = new List<(uint Low, uint High)>(set.Ranges.Length + 1);
            foreach (var (low, high) in set.Ranges)
            {
                intervals.Add((Encode(low), Encode(high)));
            }
            if (set.IncludesAbsent)
            {
                AddValue(intervals, Max);
            }
            return intervals;
        }
    }

    /// <summary>A small field with bit tests: values that no test tells apart share a code, found in a table.</summary>
    public sealed class Coded : Lane
    {
        private readonly ushort[] _codes;
        private readonly int[] _representatives;

        /// <param name="field">The field; its largest value is at most <see cref="MaxCoded"/>.</param>
        /// <param name="sets">Every set that is tested.</param>
        public Coded(PacketField field, IEnumerable<FieldSet> sets)
            : base(field)
        {
            _codes = new ushort[(int)PacketFieldInfo.Max(field) + 2];
            foreach (var set in sets.Distinct())
            {
                var codes = new Dictionary<(ushort, bool), ushort>();
                for (var value = 0; value < _codes.Length; value++)
                {
                    var key = (_codes[value], Contains(set, value));
                    if (!codes.TryGetValue(key, out var code))
                    {
                        codes.Add(key, code = (ushort)codes.Count);
                    }
                    _codes[value] = code;
                }
            }
            _representatives = new int[_codes.Max() + 1];
            for (var value = 0; value < _codes.Length; value++)
            {
                _representatives[_codes[value]] = value;
            }
        }

        public override uint Max => (uint)(_representatives.Length - 1);

        public override uint Encode(UInt128? value) => _codes[value is { } present ? (int)present : ^1];

        public override List<(uint Low, uint High)>? Intervals(FieldSet set)
        {
            var intervals = new List<(uint Low, uint High)>();
            for (var code = 0; code < _representatives.Length; code++)
            {
                if (Contains(set, _representatives[code]))
                {
                    AddValue(intervals, (uint)code);
                }
            }
            return intervals;
        }

        /// <summary>The last place of the table is for 'absent'.</summary>
        private bool Contains(FieldSet set, int value) =>
            value == _codes.Length - 1 ? set.IncludesAbsent : set.Contains((UInt128)value);
    }

    private static void AddValue(List<(uint Low, uint High)> intervals, uint value)
    {
        if (intervals is [.., var last] && last.High == value - 1)
        {
            intervals[^1] = (last.Low, value);
        }
        else
        {
            intervals.Add((value, value));
        }
    }
}
