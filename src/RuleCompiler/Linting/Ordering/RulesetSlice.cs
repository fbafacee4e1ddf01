using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

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
    private readonly CallGraph _calls;
    private readonly PacketLimits _limits;
    private readonly HashSet<PacketField> _changed = [];
    private readonly HashSet<PacketField> _translated = [];
    private readonly HashSet<FieldSet>?[] _sets = new HashSet<FieldSet>?[PacketFieldInfo.Count];
    private readonly bool?[] _mayHold;
    private readonly bool?[] _mayHoldBeforeNat;
    private readonly bool _isWithoutNat;
    private readonly DecisionTable[] _tables;

    private RulesetSlice(CompiledRuleset all, CallGraph calls, PacketLimits limits)
    {
        (_all, _calls, _limits) = (all, calls, limits);
        _mayHold = new bool?[2 * all.Predicates.Length];
        _mayHoldBeforeNat = new bool?[2 * all.Predicates.Length];
        _isWithoutNat = IsNeverTranslated(limits, all.Family);
        _tables = Cut();
    }

    /// <summary>The rules left, with the numbers that they have in the dump.</summary>
    public CompiledRuleset Rules => field ??= _all.WithOnly(_tables);

    /// <summary>The part that packets of a space may meet.</summary>
    /// <param name="context">The rules.</param>
    /// <param name="limits">The space, as packets enter.</param>
    public static RulesetSlice Of(LintContext context, PacketLimits limits) => new(context.Tables, context.Calls, limits);

    /// <summary>The part that packets of a smaller space may meet, cut from this one.</summary>
    public RulesetSlice Of(PacketLimits limits) => new(Rules, _calls, limits);

    /// <summary>Whether any rule left asks for a field, or it has to be said anyway.</summary>
    public bool Asks(PacketField field) => _sets[(int)field] is not null || Array.IndexOf(Always, field) >= 0
        || (IsChanged(field, isBeforeNat: false) && field is PacketField.Mark or PacketField.ConnectionMark);

    /// <summary>The values of a range that no rule left names in any of some fields; all where they name each.</summary>
    /// <remarks>A set names values where it has some of the range's, but no more than half of them.</remarks>
    public FieldSet Unnamed(Interval range, params ReadOnlySpan<PacketField> fields)
    {
        var named = new List<Interval>();
        foreach (var field in fields)
        {
            named.AddRange((_sets[(int)field] ?? []).Where(set => !set.IsMasked && CountIn(set, range) <= (range.High - range.Low) / 2).SelectMany(set => set.Ranges));
        }
        var left = FieldSet.Range(range).Except(FieldSet.Union(named));
        return left.IsEmpty ? FieldSet.Range(range) : left;
    }

    /// <summary>The chains that may stop packets of the space, by a rule or by their policy.</summary>
    /// <param name="hooks">The hooks that the packets meet.</param>
    public IReadOnlyList<ChainSymbol> StoppingChains(Hook[] hooks) =>
    [
        .. from table in _tables
           where table.Chain.PolicyDrops || Array.Exists(table.Rows, row => row.Kind is not (ActionKind.Accept or ActionKind.Return or ActionKind.Jump
               or ActionKind.Goto or ActionKind.Continue or ActionKind.Notrack))
           where _calls.HooksOf(table.Chain.Index).Any(hook => IsChanged(PacketField.Destination, isBeforeNat: false) || hooks.Contains(hook))
           select table.Chain,
    ];

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
        DecisionTable[] tables;
        var met = new List<int>();
        do
        {
            Array.Clear(_mayHold);
            Array.Clear(_mayHoldBeforeNat);
            Array.Clear(_sets);
            met.Clear();
            tables = (DecisionTable[])_all.Tables.Clone();
        }
        while (!Follow(tables, met));
        while (DropIdleJumps(tables, met))
        {
        }
        var isMet = new bool[tables.Length];
        met.ForEach(index => isMet[index] = true);
        for (var index = 0; index < tables.Length; index++)
        {
            if (!isMet[index] && tables[index].Rows.Length > 0)
            {
                tables[index] = tables[index] with { Rows = [] };
            }
        }
        return tables;
    }

    /// <summary>Leaves in each chain that base chains lead to what is left of it.</summary>
    /// <param name="tables">All chains.</param>
    /// <param name="met">Takes the chains met.</param>
    /// <returns>False where a rule left changes a field that was taken for unchanged.</returns>
    private bool Follow(DecisionTable[] tables, List<int> met)
    {
        var before = _changed.Count + _translated.Count;
        var isMet = new bool[tables.Length];
        var open = new Stack<DecisionTable>(_all.BaseChains.OfType<DecisionTable>().Where(table => table.Chain.Hook is { } hook && MayPass(hook)));
        while (open.TryPop(out var table))
        {
            var index = table.Chain.Index;
            if (isMet[index])
            {
                continue;
            }
            isMet[index] = true;
            met.Add(index);
            var rows = table.Chain.Table == TableKind.Nat && _isWithoutNat ? [] : RowsLeft(table);
            tables[index] = rows.Length == table.Rows.Length ? table : table with { Rows = rows };
            foreach (ref readonly var row in rows.AsSpan())
            {
                Note(row);
                if (row.Kind is ActionKind.Jump or ActionKind.Goto)
                {
                    open.Push(_all.Tables[row.Target]);
                }
            }
            if (_changed.Count + _translated.Count > before)
            {
                return false;
            }
        }
        return true;
    }

    private Row[] RowsLeft(DecisionTable table)
    {
        var isBeforeNat = IsBeforeNat(table.Chain);
        return Array.TrueForAll(table.Rows, IsLeft) ? table.Rows : Array.FindAll(table.Rows, IsLeft);

        bool IsLeft(Row row) => !IsIdle(row) && MayMatch(table.Chain.Table, row, isBeforeNat);
    }

    /// <summary>Whether packets come to a chain before any rule can have translated them: nat asks once about each end of a connection.</summary>
    private bool IsBeforeNat(ChainSymbol chain) =>
        chain.Table == TableKind.Nat && _calls.HooksOf(chain.Index).All(hook => hook is Hook.Prerouting or Hook.Output);

    private bool IsIdle(Row row) => row.Kind == ActionKind.Continue && _all.Actions[row.Target].Effect is null or Effect.Log;

    /// <summary>Leaves out jumps to chains of which nothing is left.</summary>
    private static bool DropIdleJumps(DecisionTable[] tables, List<int> met)
    {
        var isChanged = false;
        // Mostly a chain is met before those that it calls.
        for (var i = met.Count - 1; i >= 0; i--)
        {
            var table = tables[met[i]];
            if (Array.Exists(table.Rows, IsIdleJump))
            {
                tables[met[i]] = table with { Rows = Array.FindAll(table.Rows, row => !IsIdleJump(row)) };
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
        _ => _limits[PacketField.OutInterface]?.Equals(FieldSet.Of(0)) != true || IsChanged(PacketField.OutInterface, isBeforeNat: false),
    };

    private bool IsChanged(PacketField field, bool isBeforeNat) => _changed.Contains(field) || (!isBeforeNat && _translated.Contains(field));

    private bool MayMatch(TableKind table, Row row, bool isBeforeNat)
    {
        var mayHold = isBeforeNat ? _mayHoldBeforeNat : _mayHold;
        foreach (var reference in _all.PredicateReferences.AsSpan(row.FirstPredicate, row.PredicateCount))
        {
            // Before conntrack has looked, packets have another state than the space says.
            if (!(mayHold[reference] ??= MayHold(_all.Predicates[reference >> 1].Condition, (reference & 1) == 0, isBeforeNat))
                && !(table == TableKind.Raw && IsOfConnection(_all.Predicates[reference >> 1].Field)))
            {
                return false;
            }
        }
        return true;
    }

    private static bool IsOfConnection(PacketField? field) => field is >= PacketField.ConnectionMark and <= PacketField.ConntrackZone;

    private bool MayHold(Condition condition, bool isWanted, bool isBeforeNat)
    {
        if (condition is not Condition.FieldCondition { TestedField: not PacketField.OutInterface and var field, Set: var set }
            || IsChanged(field, isBeforeNat) || _limits[field] is not { } own)
        {
            return condition is not Condition.NeverCondition || !isWanted;
        }
        foreach (var range in own.Ranges)
        {
            if (range.Low == range.High ? set.Contains(range.Low) == isWanted
                : set.IsMasked || (isWanted ? CountIn(set, range) > 0 : CountIn(set, range) <= range.High - range.Low))
            {
                return true;
            }
        }
        return false;
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
                _translated.UnionWith(Sources);
                break;
            case ActionKind.Redirect or ActionKind.Dnat or ActionKind.Netmap:
                _translated.UnionWith([.. Sources, .. Destinations, .. Header]);
                break;
            case ActionKind.Tproxy:
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
