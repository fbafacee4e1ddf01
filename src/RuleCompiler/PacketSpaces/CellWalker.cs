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
    private readonly CellTranslation _translation;
    private readonly CellMover _mover;
    private readonly UncertainTargets _uncertain;
    private readonly UnknownChooser _chooser;
    private readonly Action<Cell> _pushNextRow;
    private readonly Action<Cell> _enterFirstStage;

    /// <param name="rules">The rules.</param>
    /// <param name="hook">The hook.</param>
    /// <param name="budget">What all of it may cost.</param>
    /// <param name="host">The machine, which gives addresses of its own; null where it is not known.</param>
    public CellWalker(SpaceRuleset rules, Hook hook, StepBudget budget, HostFacts? host = null)
    {
        _rules = rules;
        _hook = hook;
        _budget = budget;
        _splitter = new CellSplitter(rules.Layout, rules.UnknownTable);
        _effects = new CellEffects(rules.Layout, _splitter, host);
        _translation = new CellTranslation(rules.Layout, _splitter, hook, host);
        _mover = new CellMover(rules, hook, _splitter, _work);
        _uncertain = new UncertainTargets(rules, _splitter, _effects, _mover, _work);
        _chooser = new UnknownChooser(rules, _splitter, _work);
        _pushNextRow = cell =>
        {
            cell.Next++;
            _work.Push(cell);
        };
        _enterFirstStage = cell => _mover.EnterStage(cell, 0);
    }

    /// <summary>The rule at which cells that match it are given back, before it acts.</summary>
    public RuleKey? Target { get; set; }

    /// <summary>Index of the hook's base chain behind which cells are of no interest.</summary>
    public int LastStage { get; set; } = int.MaxValue;

    /// <summary>The chain at whose beginning cells are given back; -1 for none.</summary>
    public int TargetChain { get; set; } = -1;

    /// <summary>A rule that is not there.</summary>
    public RuleKey? Skipped { get; set; }

    /// <summary>A rule that stands first in its chain, in place of where it does.</summary>
    public RuleKey? Promoted
    {
        get => _mover.Promoted;
        set => _mover.Promoted = Skipped = value;
    }

    /// <summary>The only rules, jumps aside, that do anything; null for all.</summary>
    public IReadOnlySet<RuleKey>? Actors { get; set; }

    /// <summary>Told of each rule, jumps aside, that does something to a cell, before it does; null where nobody asks.</summary>
    public Action<Cell, RuleKey>? Acting { get; set; }

    /// <summary>Whether cells keep the rules that change them.</summary>
    public bool KeepsWritings { get; set; }

    /// <summary>Whether nat chains are passed by.</summary>
    public bool IsWithoutNat
    {
        get => _mover.IsWithoutNat;
        set => _mover.IsWithoutNat = value;
    }

    /// <summary>Whether NOTRACK does nothing.</summary>
    public bool IsWithoutUntrack { get; set; }

    /// <summary>Whether one chain is looked at by itself: its end, RETURN and ACCEPT end the way.</summary>
    public bool IsLocal
    {
        get => _mover.IsLocal;
        set => _mover.IsLocal = value;
    }

    /// <summary>Adds the packets of a box that enter the hook.</summary>
    public void Enter(ulong[] box)
    {
        var stages = _rules.Stages[(int)_hook];
        var isBeforeTracking = _hook is Hook.Prerouting or Hook.Output && stages is [{ Symbol.Table: TableKind.Raw }, ..];
        Add(box, isBeforeTracking, _enterFirstStage);
    }

    /// <summary>Adds the packets of a box that enter a chain, whatever has come before.</summary>
    public void EnterChain(SpaceChain chain, ulong[] box)
    {
        var isRaw = chain.Symbol.Table == TableKind.Raw && _hook is Hook.Prerouting or Hook.Output;
        Add(box, isRaw, cell => _mover.EnterChain(cell, chain, null));
    }

    private void Add(ulong[] box, bool isBeforeTracking, Action<Cell> enter) =>
        Add(new Cell { Box = [.. box], Tracking = isBeforeTracking ? TrackingPhase.Before : TrackingPhase.Tracked }, enter);

    /// <summary>Before conntrack has looked, packets that are untracked from the start are known as such, and all others are not.</summary>
    private void Add(Cell cell, Action<Cell> enter)
    {
        if (cell.Tracking == TrackingPhase.Before && _splitter.TakeUntracked(cell) is { } untracked)
        {
            untracked.Tracking = TrackingPhase.Untracked;
            enter(untracked);
            _work.Push(untracked);
        }
        if (!_splitter.IsNowhere(cell))
        {
            enter(cell);
            _work.Push(cell);
        }
    }

    /// <summary>Adds a cell that enters a chain, which nothing has called; it is taken over.</summary>
    public void EnterChain(Cell cell, SpaceChain chain)
    {
        _mover.EnterChain(cell, chain, null);
        _work.Push(cell);
    }

    /// <summary>Adds a cell, which may come from another hook; it is taken over.</summary>
    public void Enter(Cell cell) => Add(cell, _enterFirstStage);

    /// <summary>Adds a cell that is somewhere.</summary>
    public void Push(Cell cell) => _work.Push(cell);

    /// <summary>Forgets what is still to be carried, and every special wish.</summary>
    public void Clear()
    {
        _work.Clear();
        Target = Skipped = Promoted = null;
        (TargetChain, LastStage) = (-1, int.MaxValue);
        Actors = null;
        Acting = null;
        KeepsWritings = IsWithoutNat = IsWithoutUntrack = IsLocal = false;
    }

    /// <summary>Carries cells until one has a verdict, or is at the target.</summary>
    /// <returns>Null when none is left.</returns>
    /// <exception cref="OutOfStepsException">The budget is spent.</exception>
    public Cell? MoveNext()
    {
        while (_work.TryPop(out var cell))
        {
            if (Carry(cell) is { } found && _rules.Layout.HasPackets(found.Box))
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

    /// <summary>Takes the cells that are still to be carried.</summary>
    public List<Cell> TakeAll()
    {
        List<Cell> cells = [.. _work];
        _work.Clear();
        return cells;
    }

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
                if (_chooser.AssumeAll(piece, chain, chain.Rows[row]))
                {
                    yield return piece;
                }
            }
            rest.ForEach(pieces.Push);
        }
    }

    private Cell? Carry(Cell cell)
    {
        while (cell.Chain is { } chain)
        {
            _budget.Spend();
            if (cell.Stage > LastStage)
            {
                return null;
            }
            if (TargetChain == chain.Symbol.Index && cell.Next == 0 && !cell.IsEntered)
            {
                cell.IsEntered = true;
                return cell;
            }
            if (cell.Next >= (cell.Rows?.Length ?? chain.Rows.Length))
            {
                _mover.EndChain(cell);
                continue;
            }
            ref readonly var row = ref chain.Rows[IndexOfNext(cell, chain)];
            if (cell.Next >= 0 && IsSkipped(chain, row))
            {
                CellMover.SkipRule(cell, row);
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
            if ((_splitter.Choices.Count > 0 || row.UnknownCount > 0) && !_chooser.Choose(cell, chain, row))
            {
                continue;
            }
            if (Target is { } target && target.Rule == row.RuleNumber && target.Chain == chain.Symbol.Index)
            {
                return cell;
            }
            if ((cell.Stage == LastStage && LeavesTable(row.Kind)) || !Do(cell, chain, row))
            {
                return null;
            }
        }
        return cell;
    }

    private static bool LeavesTable(ActionKind kind) => kind is ActionKind.Accept or ActionKind.Drop or ActionKind.Reject or ActionKind.Queue
        or (>= ActionKind.Redirect and <= ActionKind.Netmap);

    private int IndexOfNext(Cell cell, SpaceChain chain) =>
        cell.Next >= 0 ? cell.Rows?[cell.Next] ?? cell.Next
        : Promoted is { } promoted ? chain.FindRule(promoted.Rule) + chain.RowCountOf(promoted.Rule) + cell.Next
        : throw new InvalidOperationException();

    private bool IsSkipped(SpaceChain chain, in SpaceRow row) =>
        (Skipped is { } skipped && skipped.Rule == row.RuleNumber && skipped.Chain == chain.Symbol.Index)
        || (Actors is not null && row.Kind != ActionKind.Jump && !Actors.Contains(new RuleKey(chain.Symbol.Index, row.RuleNumber))
            && Target != new RuleKey(chain.Symbol.Index, row.RuleNumber));

    /// <returns>False where the cell was replaced by others, which were added.</returns>
    private bool Do(Cell cell, SpaceChain chain, in SpaceRow row)
    {
        if (row.Kind != ActionKind.Jump)
        {
            Acting?.Invoke(cell, new RuleKey(chain.Symbol.Index, row.RuleNumber));
        }
        switch (row.Kind)
        {
            case ActionKind.Jump:
                CellMover.SkipRule(cell, row);
                _mover.EnterChain(cell, _rules.Chains[row.Target], new Frame(chain, cell.Rows, cell.Next, cell.Changes, cell.Tracking, cell.Caller));
                return true;
            case ActionKind.Goto:
                _mover.EnterChain(cell, _rules.Chains[row.Target], cell.Caller);
                return true;
            case ActionKind.Return:
                _mover.EndChain(cell, row.RuleNumber);
                return true;
        }
        var action = _rules.Compiled.Actions[row.Target];
        switch (row.Kind)
        {
            case ActionKind.Notrack when IsWithoutUntrack:
                CellMover.SkipRule(cell, row);
                return true;
            case ActionKind.Continue or ActionKind.Notrack:
                var before = (cell.Changes, cell.Tracking);
                _effects.Apply(cell, action);
                if (KeepsWritings && before.Changes != cell.Changes)
                {
                    cell.Writings = new Writing(chain.Symbol, row.RuleNumber, cell.Caller, cell.Changes, cell.Writings);
                }
                CellMover.SkipRule(cell, row);
                if (before != (cell.Changes, cell.Tracking))
                {
                    CellMover.ForgetRows(cell, chain);
                }
                return true;
            case ActionKind.Accept:
                _mover.Accept(cell, chain, row);
                return true;
            case ActionKind.Drop:
                _mover.End(cell, CellVerdict.Drop, null, chain, row.RuleNumber);
                return true;
            case ActionKind.Reject:
                _mover.End(cell, CellVerdict.Reject, (action.Effect as Effect.RejectWith)?.Type, chain, row.RuleNumber);
                return true;
            case ActionKind.Queue when action.Effect is Effect.ToQueue { Bypass: true } queue:
                cell.Deeds = new Deed(DeedKind.Report, $"queue {queue.Describe()}", cell.Deeds);
                _mover.Accept(cell, chain, row, isQueued: true);
                return true;
            case ActionKind.Queue:
                _mover.End(cell, CellVerdict.Queue, (action.Effect as Effect.ToQueue)?.Describe(), chain, row.RuleNumber);
                return true;
            case ActionKind.Synproxy:
                _mover.End(cell, CellVerdict.Stolen, (action.Effect as Effect.Other)?.Text, chain, row.RuleNumber);
                return true;
            case ActionKind.Unknown:
                _uncertain.Fork(cell, chain, row, action);
                return false;
            case ActionKind.Tproxy:
                _uncertain.Proxy(cell, chain, row, action);
                return false;
            default:
                foreach (var (translated, isDropped) in _translation.Translate(cell, row.Kind, action))
                {
                    if (isDropped)
                    {
                        _mover.End(translated, CellVerdict.Drop, null, chain, row.RuleNumber);
                    }
                    else
                    {
                        _mover.Accept(translated, chain, row);
                    }
                    _work.Push(translated);
                }
                return false;
        }
    }
}
