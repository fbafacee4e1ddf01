using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Carries cells through a hook's chains as the evaluator does packets, cutting them where a rule takes a part only.</summary>
/// <remarks>
/// Depth first, from a stack of cells still to be carried. Chains are entered with the cell's own box, and of long ones
/// only the rows that it meets are looked at; they are never unfolded. Serves one thread.
/// </remarks>
internal sealed class CellWalker
{
    private readonly SpaceRuleset _rules;
    private readonly Hook _hook;
    private readonly StepBudget _budget;
    private readonly Stack<Cell> _work = new();
    private readonly CellSplitter _splitter;
    private readonly CellEffects _effects;
    private readonly int _stateDimension;
    private readonly int _protocolDimension;
    private readonly ulong _icmp;
    private readonly Action<Cell> _pushNextRow;

    public CellWalker(SpaceRuleset rules, Hook hook, StepBudget budget)
    {
        _rules = rules;
        _hook = hook;
        _budget = budget;
        _splitter = new CellSplitter(rules.Layout, rules.UnknownTable);
        _effects = new CellEffects(rules.Layout, _splitter, hook);
        _stateDimension = rules.Layout[PacketField.ConntrackState].Index;
        var protocol = rules.Layout[PacketField.Protocol];
        _protocolDimension = protocol.Index;
        _icmp = protocol.CodeOf(protocol.ClassOf(rules.Layout.Family == Family.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6));
        _pushNextRow = cell =>
        {
            cell.Next++;
            _work.Push(cell);
        };
    }

    /// <summary>The rule at which cells that match it are given back, before it acts.</summary>
    public RuleKey? Target { get; set; }

    /// <summary>The chain at whose beginning cells are given back; -1 for none.</summary>
    public int TargetChain { get; set; } = -1;

    /// <summary>A rule that is not there.</summary>
    public RuleKey? Skipped { get; set; }

    /// <summary>The only rules that may decide about packets; null for all.</summary>
    public IReadOnlySet<RuleKey>? Takers { get; set; }

    /// <summary>Whether nat chains are passed by.</summary>
    public bool IsWithoutNat { get; set; }

    /// <summary>Whether NOTRACK does nothing.</summary>
    public bool IsWithoutUntrack { get; set; }

    /// <summary>Whether one chain is looked at by itself: its end, RETURN and ACCEPT end the way.</summary>
    public bool IsLocal { get; set; }

    /// <summary>Adds a cell that enters the hook.</summary>
    public void Enter(ulong[] box)
    {
        var stages = _rules.Stages[(int)_hook];
        var isBeforeTracking = _hook is Hook.Prerouting or Hook.Output && stages is [{ Symbol.Table: TableKind.Raw }, ..];
        var cell = new Cell { Box = box, Tracking = isBeforeTracking ? TrackingPhase.Before : TrackingPhase.Tracked };
        EnterStage(cell, 0);
        _work.Push(cell);
    }

    /// <summary>Adds a cell that enters a chain, whatever has come before.</summary>
    public void EnterChain(SpaceChain chain, ulong[] box)
    {
        var isRaw = chain.Symbol.Table == TableKind.Raw && _hook is Hook.Prerouting or Hook.Output;
        var cell = new Cell { Box = box, Tracking = isRaw ? TrackingPhase.Before : TrackingPhase.Tracked };
        EnterChain(cell, chain, null);
        _work.Push(cell);
    }

    /// <summary>Adds a cell that comes from another hook.</summary>
    public void Enter(Cell cell)
    {
        EnterStage(cell, 0);
        _work.Push(cell);
    }

    /// <summary>Adds a cell that is somewhere.</summary>
    public void Push(Cell cell) => _work.Push(cell);

    /// <summary>Forgets what is still to be carried, and every special wish.</summary>
    public void Clear()
    {
        _work.Clear();
        Target = Skipped = null;
        TargetChain = -1;
        Takers = null;
        IsWithoutNat = IsWithoutUntrack = IsLocal = false;
    }

    /// <summary>Carries cells until one has a verdict, or is at the target.</summary>
    /// <returns>Null when none is left.</returns>
    /// <exception cref="OutOfStepsException">The budget is spent.</exception>
    public Cell? MoveNext()
    {
        while (_work.TryPop(out var cell))
        {
            if (Carry(cell) is { } found)
            {
                return found;
            }
        }
        return null;
    }

    /// <summary>Lets a rule act on a cell that matches it, and adds what comes of it.</summary>
    public void Act(Cell cell, SpaceChain chain, in SpaceRow row)
    {
        if (Do(cell, chain, row))
        {
            _work.Push(cell);
        }
    }

    /// <summary>Lets a rule act on a cell at the beginning of its chain, as if it stood there.</summary>
    public void ActFirst(Cell cell, SpaceChain chain, in SpaceRow row)
    {
        var rows = cell.Rows;
        cell.Rows = null;
        if (row.Kind is ActionKind.Continue or ActionKind.Notrack or ActionKind.Jump)
        {
            // What comes behind it is the chain from its beginning.
            var atStart = row with { NextRule = 0 };
            if (Do(cell, chain, atStart))
            {
                _work.Push(cell);
            }
            return;
        }
        cell.Rows = rows;
        Act(cell, chain, row);
    }

    /// <summary>Takes the cell added last.</summary>
    public Cell? Take() => _work.TryPop(out var cell) ? cell : null;

    /// <summary>The parts of a cell that match a rule, wherever the cell stands; its unknowns are taken to hold.</summary>
    public IEnumerable<Cell> Matching(Cell cell, SpaceChain chain, int ruleNumber)
    {
        var pieces = new Stack<Cell>();
        pieces.Push(cell);
        var first = chain.FindRule(ruleNumber);
        for (var row = first; row < chain.Rows[first].NextRule; row++)
        {
            var rest = new List<Cell>();
            while (pieces.TryPop(out var piece))
            {
                _budget.Spend();
                if (!_splitter.Relate(piece, _rules.TestsOf(chain.Rows[row])))
                {
                    rest.Add(piece);
                    continue;
                }
                _splitter.Cut(piece, rest.Add);
                if (AssumeAll(piece, chain, chain.Rows[row]))
                {
                    yield return piece;
                }
            }
            rest.ForEach(pieces.Push);
        }
    }

    /// <summary>Gives every open unknown of a row the value that it needs; false where one has the other.</summary>
    private bool AssumeAll(Cell cell, SpaceChain chain, in SpaceRow row)
    {
        foreach (var choice in _splitter.Choices)
        {
            Assume(cell, choice, 1, chain, row);
        }
        foreach (var (variable, isWanted) in _rules.UnknownsOf(row))
        {
            var wanted = isWanted ? 1 : 0;
            if ((_splitter.Find(cell, variable) ?? wanted) != wanted)
            {
                return false;
            }
            Assume(cell, variable, wanted, chain, row);
        }
        return true;
    }

    private static void Assume(Cell cell, int variable, int value, SpaceChain chain, in SpaceRow row) =>
        cell.Assumed = new Assumed(variable, value, chain.Symbol, row.RuleNumber, cell.Assumed);

    private Cell? Carry(Cell cell)
    {
        while (cell.Chain is { } chain)
        {
            _budget.Spend();
            if (TargetChain == chain.Symbol.Index && cell.Next == 0 && !cell.IsEntered)
            {
                cell.IsEntered = true;
                return cell;
            }
            var rows = chain.Rows;
            int index;
            if (cell.Rows is { } met)
            {
                if (cell.Next >= met.Length)
                {
                    EndChain(cell);
                    continue;
                }
                index = met[cell.Next];
            }
            else if (cell.Next >= rows.Length)
            {
                EndChain(cell);
                continue;
            }
            else
            {
                index = cell.Next;
            }
            ref readonly var row = ref rows[index];
            if (IsSkipped(chain, row))
            {
                SkipRule(cell, row);
                continue;
            }
            if (!_splitter.Relate(cell, _rules.TestsOf(row)))
            {
                cell.Next++;
                continue;
            }
            if (_splitter.IsPartial)
            {
                _splitter.Cut(cell, _pushNextRow);
            }
            if (_splitter.Choices.Count > 0 || row.UnknownCount > 0)
            {
                if (!Choose(cell, chain, row))
                {
                    continue;
                }
            }
            if (Target is { } target && target.Rule == row.RuleNumber && target.Chain == chain.Symbol.Index)
            {
                return cell;
            }
            if (!Do(cell, chain, row))
            {
                return null;
            }
        }
        return cell;
    }

    private bool IsSkipped(SpaceChain chain, in SpaceRow row) =>
        (Skipped is { } skipped && skipped.Rule == row.RuleNumber && skipped.Chain == chain.Symbol.Index)
        || (Takers is not null && Decides(row.Kind) && !Takers.Contains(new RuleKey(chain.Symbol.Index, row.RuleNumber))
            && Target != new RuleKey(chain.Symbol.Index, row.RuleNumber));

    private static bool Decides(ActionKind kind) =>
        kind is not (ActionKind.Continue or ActionKind.Notrack or ActionKind.Jump or ActionKind.Goto);

    /// <summary>Chooses the row's open unknowns as it needs them; the cell with the other choice is carried on later.</summary>
    /// <returns>False where an unknown known already is not as the row needs it; the cell is then behind the rule.</returns>
    private bool Choose(Cell cell, SpaceChain chain, in SpaceRow row)
    {
        foreach (var choice in _splitter.Choices)
        {
            var other = cell.Clone();
            Assume(other, choice, 0, chain, row);
            other.Next++;
            _work.Push(other);
            Assume(cell, choice, 1, chain, row);
        }
        foreach (var (variable, isWanted) in _rules.UnknownsOf(row))
        {
            var wanted = isWanted ? 1 : 0;
            var known = _splitter.Find(cell, variable);
            if (known is null)
            {
                var other = cell.Clone();
                Assume(other, variable, 1 - wanted, chain, row);
                SkipRule(other, row);
                _work.Push(other);
            }
            Assume(cell, variable, known ?? wanted, chain, row);
            if (known is { } value && value != wanted)
            {
                SkipRule(cell, row);
                return false;
            }
        }
        return true;
    }

    /// <returns>False where the cell was replaced by others, which were added.</returns>
    private bool Do(Cell cell, SpaceChain chain, in SpaceRow row)
    {
        switch (row.Kind)
        {
            case ActionKind.Jump:
                SkipRule(cell, row);
                EnterChain(cell, _rules.Chains[row.Target], new Frame(chain, cell.Rows, cell.Next, cell.Caller));
                return true;
            case ActionKind.Goto:
                EnterChain(cell, _rules.Chains[row.Target], cell.Caller);
                return true;
            case ActionKind.Return:
                EndChain(cell, row.RuleNumber);
                return true;
        }
        var action = _rules.Compiled.Actions[row.Target];
        switch (row.Kind)
        {
            case ActionKind.Notrack when IsWithoutUntrack:
                SkipRule(cell, row);
                return true;
            case ActionKind.Continue or ActionKind.Notrack:
                _effects.Apply(cell, action);
                SkipRule(cell, row);
                return true;
            case ActionKind.Accept:
                Accept(cell, chain, row);
                return true;
            case ActionKind.Drop:
                End(cell, CellVerdict.Drop, null, chain, row.RuleNumber);
                return true;
            case ActionKind.Reject:
                End(cell, CellVerdict.Reject, (action.Effect as Effect.RejectWith)?.Type, chain, row.RuleNumber);
                return true;
            case ActionKind.Queue when action.Effect is Effect.ToQueue { Bypass: true }:
                cell.Deeds = new Deed(DeedKind.Setting, action.ToString(), cell.Deeds);
                Accept(cell, chain, row);
                return true;
            case ActionKind.Queue:
                End(cell, CellVerdict.Queue, action.Effect?.ToString(), chain, row.RuleNumber);
                return true;
            case ActionKind.Unknown:
                Fork(cell, chain, row, action);
                return false;
            case ActionKind.Tproxy:
                Proxy(cell, chain, row, action);
                return false;
            default:
                foreach (var translated in _effects.Translate(cell, row.Kind, action))
                {
                    Accept(translated, chain, row);
                    _work.Push(translated);
                }
                return false;
        }
    }

    private void Fork(Cell cell, SpaceChain chain, in SpaceRow row, RuleAction action)
    {
        var variable = _rules.UnknownTable.Find($"target {_rules.NameOf(chain.Symbol, row.RuleNumber)}", action.Target ?? "", isStateful: true, isAction: true);
        var known = _splitter.Find(cell, variable);
        for (var choice = known ?? 0; choice <= (known ?? 2); choice++)
        {
            var one = cell.Clone();
            Assume(one, variable, choice, chain, row);
            switch (choice)
            {
                case 0:
                    SkipRule(one, row);
                    break;
                case 1:
                    Accept(one, chain, row);
                    break;
                default:
                    End(one, CellVerdict.Drop, null, chain, row.RuleNumber);
                    break;
            }
            _work.Push(one);
        }
    }

    /// <summary>TPROXY finds a socket, which hangs on the host, or drops.</summary>
    private void Proxy(Cell cell, SpaceChain chain, in SpaceRow row, RuleAction action)
    {
        var variable = _rules.UnknownTable.Find($"listener {action.Effect}", "listener", isStateful: false);
        var known = _effects.HasPorts(cell) ? _splitter.Find(cell, variable) : 0;
        if (known != 0)
        {
            var found = cell.Clone();
            Assume(found, variable, 1, chain, row);
            _effects.Proxy(found, action);
            Accept(found, chain, row);
            _work.Push(found);
        }
        if (known != 1)
        {
            Assume(cell, variable, 0, chain, row);
            End(cell, CellVerdict.Drop, null, chain, row.RuleNumber);
            _work.Push(cell);
        }
    }

    private static void SkipRule(Cell cell, in SpaceRow row)
    {
        if (cell.Rows is not { } rows)
        {
            cell.Next = row.NextRule;
            return;
        }
        do
        {
            cell.Next++;
        }
        while (cell.Next < rows.Length && rows[cell.Next] < row.NextRule);
    }

    private void EnterChain(Cell cell, SpaceChain chain, Frame? caller)
    {
        cell.Chain = chain;
        cell.Caller = caller;
        cell.Next = 0;
        cell.IsEntered = false;
        cell.Rows = chain.Tree?.Find(BoxNow(cell));
    }

    /// <summary>The wide constraints on what the packets are now.</summary>
    private ulong[] BoxNow(Cell cell)
    {
        if (cell.Changes is null && cell.Tracking == TrackingPhase.Tracked)
        {
            return cell.Box;
        }
        var box = (ulong[])cell.Box.Clone();
        for (var d = _rules.Layout.NarrowCount; d < box.Length; d++)
        {
            box[d] = _splitter.CodeNow(cell, d);
        }
        return box;
    }

    private void EnterStage(Cell cell, int stage)
    {
        var stages = _rules.Stages[(int)_hook];
        while (true)
        {
            cell.Stage = stage;
            if (stage == stages.Length)
            {
                cell.Chain = null;
                cell.Verdict = CellVerdict.Accept;
                break;
            }
            var table = stages[stage].Symbol.Table;
            if (table != TableKind.Raw && cell.Tracking is TrackingPhase.Before or TrackingPhase.Prepared)
            {
                cell.Tracking = TrackingPhase.Tracked;
            }
            if (table != TableKind.Nat)
            {
                EnterChain(cell, stages[stage], null);
                break;
            }
            var states = cell.Box[_stateDimension];
            var isIcmp = Boxes.Meet(cell.Box[_protocolDimension], _icmp, _protocolDimension < _rules.Layout.NarrowCount) != Boxes.Nothing;
            var asked = cell.Tracking == TrackingPhase.Untracked || IsWithoutNat ? 0 : _splitter.NewStates | (isIcmp ? 0 : _splitter.RelatedStates);
            if ((states & asked) != 0 && (states & ~asked) != 0)
            {
                var others = cell.Clone();
                others.Box[_stateDimension] = states & ~asked;
                EnterStage(others, stage + 1);
                _work.Push(others);
                cell.Box[_stateDimension] = states & asked;
            }
            if ((states & asked) != 0)
            {
                EnterChain(cell, stages[stage], null);
                break;
            }
            stage++;
        }
    }

    private void EndChain(Cell cell, int returnRule = 0)
    {
        if (cell.Caller is { } caller)
        {
            cell.Chain = caller.Chain;
            cell.Rows = caller.Rows;
            cell.Next = caller.Next;
            cell.Caller = caller.Caller;
            return;
        }
        var chain = cell.Chain ?? throw new InvalidOperationException();
        if (IsLocal)
        {
            End(cell, CellVerdict.Return, null, chain, returnRule);
            return;
        }
        var baseChain = _rules.Stages[(int)_hook][cell.Stage];
        if (baseChain.Symbol.PolicyDrops)
        {
            End(cell, CellVerdict.Drop, null, baseChain, 0);
        }
        else
        {
            GoOn(cell, baseChain, 0);
        }
    }

    private void Accept(Cell cell, SpaceChain chain, in SpaceRow row)
    {
        if (IsLocal)
        {
            End(cell, CellVerdict.Accept, null, chain, row.RuleNumber);
        }
        else
        {
            GoOn(cell, chain, row.RuleNumber);
        }
    }

    /// <summary>Leaves the table for the next one.</summary>
    private void GoOn(Cell cell, SpaceChain chain, int rule)
    {
        cell.DecidingChain = chain.Symbol;
        cell.DecidingRule = rule;
        if (rule != 0 || cell.Taker is null)
        {
            cell.Taker = new Taker(chain.Symbol, rule, _hook);
        }
        EnterStage(cell, cell.Stage + 1);
    }

    private void End(Cell cell, CellVerdict verdict, string? detail, SpaceChain chain, int rule)
    {
        cell.Taker = new Taker(chain.Symbol, rule, _hook);
        cell.Chain = null;
        cell.Verdict = verdict;
        cell.VerdictDetail = detail;
        cell.DecidingChain = chain.Symbol;
        cell.DecidingRule = rule;
    }
}
