using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Whether anything stops new packets behind nat: a look at single rules, which spares most a closer one.</summary>
internal sealed class StoppingRows
{
    private readonly bool _stopsAny;
    private readonly List<Interval> _destinations = [];

    public StoppingRows(CompiledRuleset rules)
    {
        foreach (var table in rules.Tables)
        {
            _stopsAny |= table.Chain is { Hook: not null, PolicyDrops: true };
            foreach (var row in table.Rows)
            {
                if (row.Kind is ActionKind.Drop or ActionKind.Reject or ActionKind.Unknown && IsForNew(rules, row))
                {
                    Add(rules, row);
                }
            }
        }
        _destinations.Sort((one, other) => one.Low.CompareTo(other.Low));
        Merge();
    }

    /// <summary>Whether some rule or policy may stop a new packet that has been translated.</summary>
    /// <param name="translation">To where; null where that is not known.</param>
    public bool MayStop(Effect.Translate? translation)
    {
        if (_stopsAny || _destinations.Count == 0)
        {
            return _stopsAny;
        }
        if (translation is not { Low: { } low })
        {
            return true;
        }
        var high = translation.High ?? low;
        var index = _destinations.BinarySearch(new Interval(high.Value, high.Value), Comparer<Interval>.Create((one, other) => one.Low.CompareTo(other.Low)));
        var last = index >= 0 ? index : ~index - 1;
        return last >= 0 && _destinations[last].High >= low.Value;
    }

    private void Add(CompiledRuleset rules, Row row)
    {
        foreach (var reference in rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            var (predicate, isNegated) = (rules.Predicates[reference >> 1], (reference & 1) != 0);
            if (predicate is { Field: PacketField.Destination, Condition: Condition.FieldCondition { Set.IsMasked: false } test })
            {
                var set = isNegated ? test.Set.Complement(PacketFieldInfo.Max(PacketField.Destination)) : test.Set;
                _destinations.AddRange(set.Ranges);
                return;
            }
        }
        _destinations.Add(new Interval(0, UInt128.MaxValue));
    }

    private static bool IsForNew(CompiledRuleset rules, Row row)
    {
        foreach (var reference in rules.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            if (rules.Predicates[reference >> 1] is { Field: PacketField.ConntrackState, Condition: Condition.FieldCondition test }
                && test.Set.Contains((UInt128)(int)ConntrackState.New) == ((reference & 1) != 0))
            {
                return false;
            }
        }
        return true;
    }

    private void Merge()
    {
        var count = 0;
        for (var i = 0; i < _destinations.Count; i++)
        {
            var next = _destinations[i];
            if (count > 0 && next.Low <= _destinations[count - 1].High)
            {
                var last = _destinations[count - 1];
                _destinations[count - 1] = new Interval(last.Low, UInt128.Max(last.High, next.High));
                continue;
            }
            _destinations[count++] = next;
        }
        _destinations.RemoveRange(count, _destinations.Count - count);
    }
}
