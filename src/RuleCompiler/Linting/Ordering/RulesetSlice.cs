using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Ordering;

/// <summary>The part of a ruleset that packets of a space may meet: of the largest dumps mostly a few rules.</summary>
/// <remarks>
/// Left out are rules that ask for another value of a field, unless some rule left changes the field, and the chains that
/// nothing left calls. What is left treats the packets of the space as all rules do, but for what is counted and logged.
/// </remarks>
internal sealed class RulesetSlice
{
    /// <summary>What has to be said of packets whatever rules ask for.</summary>
    private static readonly PacketField[] Always =
    [
        PacketField.Protocol, PacketField.Source, PacketField.Destination, PacketField.SourcePort, PacketField.DestinationPort,
        PacketField.InInterface, PacketField.OutInterface, PacketField.ConntrackState, PacketField.IcmpTypeCode, PacketField.TcpFlags, PacketField.Ttl,
    ];

    private static readonly PacketField[] Sources = [PacketField.Source, PacketField.SourcePort];

    private static readonly PacketField[] Destinations = [PacketField.Destination, PacketField.DestinationPort, PacketField.OutInterface];

    private static readonly PacketField[] Header =
        [PacketField.Mark, PacketField.ConnectionMark, PacketField.Tos, PacketField.Ttl, PacketField.TcpFlags, PacketField.Length];

    private readonly CompiledRuleset _all;
    private readonly PacketLimits _limits;
    private readonly HashSet<PacketField> _changed = [];
    private readonly HashSet<FieldSet>?[] _sets = new HashSet<FieldSet>?[PacketFieldInfo.Count];
    private readonly bool?[] _mayHold;
    private readonly bool _isWithoutNat;
    private readonly DecisionTable[] _tables;

    private RulesetSlice(CompiledRuleset all, PacketLimits limits)
    {
        (_all, _limits) = (all, limits);
        _mayHold = new bool?[2 * all.Predicates.Length];
        _isWithoutNat = IsNeverTranslated(limits, all.Family);
        _tables = Cut();
    }

    /// <summary>The rules left, with the numbers that they have in the dump.</summary>
    public CompiledRuleset Rules => field ??= _all.WithOnly(_tables);

    /// <summary>The part that packets of a space may meet.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="limits">The space, as packets enter.</param>
    public static RulesetSlice Of(CompiledRuleset rules, PacketLimits limits) => new(rules, limits);

    /// <summary>Whether any rule left asks for a field, or it has to be said anyway.</summary>
    public bool Asks(PacketField field) => _sets[(int)field] is not null || Array.IndexOf(Always, field) >= 0
        || (_changed.Contains(field) && field is PacketField.Mark or PacketField.ConnectionMark);

    /// <summary>The values of a range that no rule left names in any of some fields; all where they name each.</summary>
    /// <remarks>A set names values where it has some of the range's, but no more than half of them.</remarks>
    public FieldSet Unnamed(Interval range, params ReadOnlySpan<PacketField> fields)
    {
        var named = new List<Interval>();
        foreach (var field in fields)
        {
            named.AddRange((_sets[(int)field] ?? []).Where(set => !set.IsMasked && CountIn(set, range) <= (range.High - range.Low) / 2).SelectMany(set => set.Ranges));
        }
        var left = new List<Interval>();
        var next = range.Low;
        foreach (var (low, high) in FieldSet.Union(named).Ranges)
        {
            if (high >= next && low <= range.High)
            {
                left.AddRange(low > next ? [new Interval(next, low - 1)] : []);
                next = high + 1;
            }
        }
        left.AddRange(next <= range.High ? [new Interval(next, range.High)] : []);
        return left.Count == 0 ? FieldSet.Range(range) : FieldSet.Union(left);
    }

    private static UInt128 CountIn(FieldSet set, Interval range)
    {
        UInt128 count = 0;
        foreach (var (low, high) in set.Ranges)
        {
            count += low > range.High || high < range.Low ? 0 : UInt128.Min(high, range.High) - UInt128.Max(low, range.Low) + 1;
        }
        return count;
    }

    /// <summary>nat sees the first packets of connections, and those related to one that are no errors.</summary>
    private static bool IsNeverTranslated(PacketLimits limits, Family family) => limits[PacketField.ConntrackState] is { } states
        && !states.Contains((int)ConntrackState.New)
        && (!states.Contains((int)ConntrackState.Related)
            || limits[PacketField.Protocol]?.Equals(FieldSet.Of(family == Family.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6)) == true);

    private DecisionTable[] Cut()
    {
        while (true)
        {
            Array.Clear(_mayHold);
            Array.Clear(_sets);
            if (Follow() is { } tables)
            {
                while (DropIdleJumps(tables))
                {
                }
                return tables;
            }
        }
    }

    /// <summary>The rows left of each chain that base chains lead to; null where one of them changes a field that was taken for unchanged.</summary>
    private DecisionTable[]? Follow()
    {
        var (before, none) = (_changed.Count, Array.Empty<Row>());
        var tables = new DecisionTable?[_all.Tables.Length];
        var open = new Stack<DecisionTable>(_all.Tables.Where(table => table.Chain.Hook is { } hook && MayPass(hook)));
        while (open.TryPop(out var table))
        {
            if (tables[table.Chain.Index] is not null)
            {
                continue;
            }
            var rows = table.Chain.Table == TableKind.Nat && _isWithoutNat ? none : RowsLeft(table);
            tables[table.Chain.Index] = rows.Length == table.Rows.Length ? table : table with { Rows = rows };
            foreach (ref readonly var row in rows.AsSpan())
            {
                Note(row);
                if (row.Kind is ActionKind.Jump or ActionKind.Goto)
                {
                    open.Push(_all.Tables[row.Target]);
                }
            }
            if (_changed.Count > before)
            {
                return null;
            }
        }
        return [.. tables.Select((table, index) => table ?? _all.Tables[index] with { Rows = none })];
    }

    private Row[] RowsLeft(DecisionTable table)
    {
        return Array.TrueForAll(table.Rows, IsLeft) ? table.Rows : Array.FindAll(table.Rows, IsLeft);

        bool IsLeft(Row row) => !IsIdle(row) && MayMatch(table.Chain.Table, row);
    }

    private bool IsIdle(Row row) => row.Kind == ActionKind.Continue && _all.Actions[row.Target].Effect is null or Effect.Log;

    /// <summary>Leaves out jumps to chains of which nothing is left.</summary>
    private static bool DropIdleJumps(DecisionTable[] tables)
    {
        var isChanged = false;
        for (var index = 0; index < tables.Length; index++)
        {
            if (Array.Exists(tables[index].Rows, IsIdleJump))
            {
                tables[index] = tables[index] with { Rows = Array.FindAll(tables[index].Rows, row => !IsIdleJump(row)) };
                isChanged = true;
            }
        }
        return isChanged;

        bool IsIdleJump(Row row) => row.Kind == ActionKind.Jump && tables[row.Target].Rows.Length == 0;
    }

    /// <summary>What arrives comes back by no interface; what is for this host goes no further, unless it gets another destination.</summary>
    private bool MayPass(Hook hook) => hook switch
    {
        Hook.Prerouting or Hook.Input => true,
        Hook.Output => _limits[PacketField.InInterface]?.Contains(0) != false,
        _ => _limits[PacketField.OutInterface]?.Equals(FieldSet.Of(0)) != true || _changed.Contains(PacketField.OutInterface),
    };

    private bool MayMatch(TableKind table, Row row)
    {
        foreach (var reference in _all.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            // Before conntrack has looked, packets have another state than the space says.
            if (!(_mayHold[reference] ??= MayHold(_all.Predicates[reference >> 1].Condition, (reference & 1) == 0))
                && !(table == TableKind.Raw && IsOfConnection(_all.Predicates[reference >> 1].Field)))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsOfConnection(PacketField? field) => field is >= PacketField.ConnectionMark and <= PacketField.ConntrackZone;

    private bool MayHold(Condition condition, bool isWanted)
    {
        if (condition is not Condition.FieldCondition { TestedField: not PacketField.OutInterface and var field, Set: var set } || _changed.Contains(field) || _limits[field] is not { } own)
        {
            return condition is not Condition.NeverCondition || !isWanted;
        }
        return own.Ranges.Any(range => range.Low == range.High ? set.Contains(range.Low) == isWanted
            : set.IsMasked || (isWanted ? CountIn(set, range) > 0 : CountIn(set, range) <= range.High - range.Low));
    }

    /// <summary>What a row left asks for, and what it changes.</summary>
    private void Note(Row row)
    {
        foreach (var reference in _all.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            NoteSets(_all.Predicates[reference >> 1].Condition);
        }
        switch (row.Kind)
        {
            case ActionKind.Snat or ActionKind.Masquerade:
                _changed.UnionWith(Sources);
                break;
            case ActionKind.Redirect or ActionKind.Dnat or ActionKind.Netmap or ActionKind.Tproxy:
                _changed.UnionWith([.. Sources, .. Destinations, .. Header]);
                break;
            case ActionKind.Notrack:
                _changed.Add(PacketField.ConntrackState);
                break;
            case ActionKind.Continue when _all.Actions[row.Target].Effect is not (null or Effect.Log):
                _changed.UnionWith(Header);
                _changed.Add(PacketField.ConntrackState);
                if (_all.Actions[row.Target].Effect is Effect.MapPrefix or Effect.Several)
                {
                    _changed.UnionWith([.. Sources, .. Destinations]);
                }
                break;
            default:
                break;
        }
    }

    private void NoteSets(Condition condition)
    {
        switch (condition)
        {
            case Condition.FieldCondition field:
                (_sets[(int)field.TestedField] ??= []).Add(field.Set);
                break;
            case Condition.NotCondition not:
                NoteSets(not.Operand);
                break;
            case Condition.AllOfCondition all:
                Array.ForEach([.. all.Parts], NoteSets);
                break;
            case Condition.AnyOfCondition any:
                Array.ForEach([.. any.Parts], NoteSets);
                break;
            default:
                break;
        }
    }
}
