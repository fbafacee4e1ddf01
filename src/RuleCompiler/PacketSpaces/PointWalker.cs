using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Carries one packet through a hook's chains: what <see cref="CellWalker"/> does with cells, for the packets of one class in each dimension.</summary>
/// <remarks>
/// It keeps what the packet is now as codes, and no cells. An unknown that need not hold does not. What it cannot tell so
/// (conntrack helpers, changing sets, an address of a range that a rule asks for) ends the way without an answer, and is
/// left to cells. Serves one thread.
/// </remarks>
internal sealed class PointWalker
{
    /// <summary>Rows that a way may go through: gotos may run in a circle.</summary>
    private const int MaxSteps = 1 << 16;

    private readonly SpaceRuleset _rules;
    private readonly Hook _hook;
    private readonly SpaceLayout _layout;
    private readonly ImmutableArray<SpaceChain> _stages;
    private readonly bool _isRawFirst;
    private readonly PointChanges _changes;
    private readonly PointUnknowns _unknowns;
    private readonly ulong _natStates;
    private readonly ulong _natStatesOfIcmp;
    private readonly ulong _icmp;
    private readonly ulong _untracked;
    private readonly int _state;
    private readonly int _protocol;
    private readonly List<(SpaceChain Chain, int Next)> _callers = [];
    private readonly List<(SpaceChain Chain, int Next)> _callersOfTarget = [];
    private readonly ulong[] _entered;
    private SpaceChain? _chain; // null behind the last table
    private int _next;
    private int _stage;
    private int _lastStage; // behind which the target cannot be
    private RuleKey? _skipped;

    public PointWalker(SpaceRuleset rules, Hook hook)
    {
        (_rules, _hook) = (rules, hook);
        _layout = rules.Layout;
        _stages = rules.Stages[(int)hook];
        _isRawFirst = hook is Hook.Prerouting or Hook.Output && _stages is [{ Symbol.Table: TableKind.Raw }, ..];
        _changes = new PointChanges(_layout);
        _unknowns = new PointUnknowns(rules);
        _entered = new ulong[_layout.Count];
        var (state, protocol) = (_layout[PacketField.ConntrackState], _layout[PacketField.Protocol]);
        (_state, _protocol) = (state.Index, protocol.Index);
        _natStatesOfIcmp = state.CodeOf(state.ClassOf((int)ConntrackState.New));
        _natStates = _natStatesOfIcmp | state.CodeOf(state.ClassOf((int)ConntrackState.Related));
        _untracked = state.CodeOf(state.ClassOf((int)ConntrackState.Untracked));
        _icmp = protocol.CodeOf(protocol.ClassOf(_layout.Family == Family.IPv4 ? IpProtocol.Icmp : IpProtocol.IcmpV6));
    }

    /// <summary>How a way ended.</summary>
    private enum End
    {
        /// <summary>Where cells have to be asked.</summary>
        Open,

        /// <summary>In front of the rule that is looked for, which the packet matches.</summary>
        AtTarget,
        Accept,
        Drop,

        /// <summary>By REJECT or QUEUE, as the action says.</summary>
        ByAction,
    }

    /// <summary>What a packet shows of a rule.</summary>
    /// <param name="point">A class of each dimension, as the packet enters the hook.</param>
    /// <param name="target">The rule.</param>
    /// <param name="path">The rules that lead to its chain.</param>
    /// <param name="isReachedEnough">Whether to get to the rule is all that is asked.</param>
    public PointAnswer Ask(ReadOnlySpan<ulong> point, RuleKey target, ImmutableArray<RuleKey> path, bool isReachedEnough)
    {
        if (_isRawFirst && point[_state] == _untracked)
        {
            return PointAnswer.Open;
        }
        point.CopyTo(_entered);
        _changes.Start(point);
        _unknowns.Start(path, target);
        _callers.Clear();
        _skipped = null;
        _chain = null;
        EnterStage(0);
        _lastStage = _rules.StageOf(_hook, _rules.Chains[target.Chain].Symbol.Table);
        switch (Run(target, out _))
        {
            case End.AtTarget:
                break;
            case End.Open:
                return PointAnswer.Open;
            default:
                return PointAnswer.NotReached;
        }
        return isReachedEnough ? PointAnswer.Needed : Compare(target);
    }

    /// <summary>Goes on from the rule with it and without it.</summary>
    private PointAnswer Compare(RuleKey target)
    {
        _unknowns.IsTargetReached = true;
        var chain = _rules.Chains[target.Chain];
        var stage = _stage;
        _callersOfTarget.Clear();
        _callersOfTarget.AddRange(_callers);
        _changes.Save();
        ref readonly var row = ref chain.Rows[_next];
        var with = Act(row, out var withAction) ?? Run(null, out withAction);
        if (with == End.Open)
        {
            return PointAnswer.Open;
        }
        _changes.Exchange();
        (_chain, _next, _stage, _skipped) = (chain, row.NextRule, stage, target);
        _callers.Clear();
        _callers.AddRange(_callersOfTarget);
        var without = Run(null, out var withoutAction);
        return without == End.Open ? PointAnswer.Open
            : with != without || (with == End.ByAction && !IsAlike(withAction, withoutAction)) || _changes.Differ() ? PointAnswer.Needed
            : PointAnswer.Alike;
    }

    private bool IsAlike(int action, int other)
    {
        var (left, right) = (_rules.Compiled.Actions[action], _rules.Compiled.Actions[other]);
        return left.Kind == right.Kind && Equals(left.Effect, right.Effect);
    }

    /// <summary>Goes on to the target, or to the end.</summary>
    private End Run(RuleKey? target, out int action)
    {
        action = -1;
        for (var steps = 0; steps < MaxSteps; steps++)
        {
            if (_chain is not { } chain || (target is not null && _stage > _lastStage))
            {
                return End.Accept;
            }
            if (chain.Tree is { } tree)
            {
                _next = tree.NextAt(_changes.Now, _next, _rules, chain);
            }
            if (_next >= chain.Rows.Length)
            {
                if (EndChain() is { } end)
                {
                    return end;
                }
                continue;
            }
            ref readonly var row = ref chain.Rows[_next];
            var key = new RuleKey(chain.Symbol.Index, row.RuleNumber);
            if (key == _skipped)
            {
                _next = row.NextRule;
                continue;
            }
            if (_changes.Relate(_rules.TestsOf(row), _isRawFirst && _stage == 0) is var relation && relation != PointRelation.Within)
            {
                if (relation == PointRelation.Open)
                {
                    return End.Open;
                }
                _next++;
                continue;
            }
            if (row.UnknownCount > 0 && !_unknowns.Choose(key, row))
            {
                _next = row.NextRule;
                continue;
            }
            if (key == target)
            {
                return End.AtTarget;
            }
            if (Act(row, out action) is { } verdict)
            {
                return verdict;
            }
        }
        return End.Open;
    }

    /// <returns>Null where the way goes on.</returns>
    private End? Act(in SpaceRow row, out int action)
    {
        action = row.Target;
        switch (row.Kind)
        {
            case ActionKind.Jump:
                if (_callers.Count == _rules.Chains.Length)
                {
                    return End.Open;
                }
                _callers.Add((_chain!, row.NextRule));
                (_chain, _next) = (_rules.Chains[row.Target], 0);
                return null;
            case ActionKind.Goto:
                (_chain, _next) = (_rules.Chains[row.Target], 0);
                return null;
            case ActionKind.Return:
                return EndChain();
            case ActionKind.Accept:
                EnterStage(_stage + 1);
                return null;
            case ActionKind.Drop:
                return End.Drop;
            case ActionKind.Reject:
                return End.ByAction;
            case ActionKind.Queue:
                return _rules.Compiled.Actions[row.Target].Effect is Effect.ToQueue { Bypass: true } ? End.Open : End.ByAction;
            case ActionKind.Continue:
                _next = row.NextRule;
                return _changes.Apply(_rules.Compiled.Actions[row.Target].Effect) ? null : End.Open;
            case ActionKind.Dnat or ActionKind.Snat or ActionKind.Masquerade or ActionKind.Redirect or ActionKind.Netmap:
                _changes.Translate(row.Kind, _rules.Compiled.Actions[row.Target].Effect as Effect.Translate, _layout.HasTrackedPorts(_entered));
                EnterStage(_stage + 1);
                return null;
            default:
                return End.Open;
        }
    }

    private End? EndChain()
    {
        if (_callers.Count > 0)
        {
            (_chain, _next) = _callers[^1];
            _callers.RemoveAt(_callers.Count - 1);
            return null;
        }
        if (_stages[_stage].Symbol.PolicyDrops)
        {
            return End.Drop;
        }
        EnterStage(_stage + 1);
        return null;
    }

    private void EnterStage(int stage)
    {
        _callers.Clear();
        var asked = _entered[_protocol] == _icmp ? _natStatesOfIcmp : _natStates;
        while (stage < _stages.Length && _stages[stage].Symbol.Table == TableKind.Nat && (_entered[_state] & asked) == Boxes.Nothing)
        {
            stage++;
        }
        (_stage, _next) = (stage, 0);
        _chain = stage < _stages.Length ? _stages[stage] : null;
    }
}
