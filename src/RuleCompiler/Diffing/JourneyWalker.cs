using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Carries boxes of packets through all hooks, with what lies between them: routing, and <c>lo</c> back in.</summary>
/// <remarks>
/// Where a packet goes that keeps its destination its out-interface says; where a new destination leads to the host's
/// routes say. The order of hooks is that of <c>Evaluation/Journey</c>. Serves one thread.
/// </remarks>
internal sealed class JourneyWalker
{
    private static readonly Hook[] Hooks =
        [Hook.Prerouting, Hook.Input, Hook.Forward, Hook.Output, Hook.Postrouting, Hook.Prerouting, Hook.Input];

    /// <summary>What a packet that comes back by <c>lo</c> no longer has.</summary>
    private static readonly PacketField[] LostOnLoop = [PacketField.Uid, PacketField.Gid, PacketField.HasSocket];

    /// <summary>What must be told apart whatever the rules ask for: which interface is <c>lo</c>.</summary>
    private static readonly ImmutableArray<Condition> Loopbacks =
    [
        Condition.Field(PacketField.InInterface, FieldSet.Of(InterfaceName.Pack("lo"))),
        Condition.Field(PacketField.OutInterface, FieldSet.Of(InterfaceName.Pack("lo"))),
    ];

    private readonly SpaceLayout _layout;
    private readonly JourneySpace _space;
    private readonly CellRouter _router;
    private readonly CellWalker[] _walkers;
    private readonly Lazy<CellWalker> _losing; // of its own, since it is asked in the midst of another way
    private readonly bool _isRawLooped;
    private readonly Dimension _state;
    private readonly Dimension _input;
    private readonly Dimension _output;
    private readonly ulong _loopback;

    public JourneyWalker(SpaceRuleset rules, JourneySpace space, HostFacts host, StepBudget budget)
    {
        _layout = rules.Layout;
        _space = space;
        _router = new CellRouter(rules, space, host);
        _walkers = [.. Hooks.Select(hook => new CellWalker(rules, hook, budget, host))];
        _losing = new(() => new CellWalker(rules, Hook.Prerouting, budget, host));
        _isRawLooped = rules.Stages[(int)Hook.Prerouting] is [{ Symbol.Table: TableKind.Raw }, ..];
        _state = _layout[PacketField.ConntrackState];
        _input = _layout[PacketField.InInterface];
        _output = _layout[PacketField.OutInterface];
        _loopback = _output.CodeOf(_output.ClassOf(InterfaceName.Pack("lo")));
    }

    /// <summary>A rule: cells that match it are marked as hit.</summary>
    public RuleKey? Target { get; set; }

    /// <summary>Whether nat chains are passed by.</summary>
    public bool IsWithoutNat { get; init; }

    /// <summary>A rule that is not there.</summary>
    public RuleKey? Skipped { get; set; }

    /// <summary>Told of each rule, jumps aside, that does something to a cell, before it does; null where nobody asks.</summary>
    public Action<Cell, RuleKey>? Acting { get; set; }

    /// <summary>Whether ways end where routing asks for marks: behind PREROUTING, and behind raw and mangle of OUTPUT.</summary>
    public bool EndsAtRoutes { get; set; }

    /// <summary>A layout for whole journeys.</summary>
    /// <param name="rulesets">The rules, of one dump or of two.</param>
    /// <param name="hosts">The machines that they are on.</param>
    /// <param name="conditions">What else is to be told apart.</param>
    public static SpaceLayout LayoutOf(CompiledRuleset[] rulesets, HostFacts[] hosts, IEnumerable<Condition> conditions) => SpaceLayout.Of(
        rulesets,
        [
            .. Loopbacks, .. conditions,
            .. from host in hosts
               from rules in rulesets
               from condition in MarkRoutes.ConditionsOf(host, rules.Family).Concat(OwnAddresses.ConditionsOf(host, rules)).Concat(ProxyListeners.ConditionsOf(host, rules))
               select condition,
        ]);

    /// <summary>The same of arriving packets that routing loses for their addresses: they get past the rules before it at most.</summary>
    /// <param name="box">Packets that <see cref="LostPackets"/> holds; it is taken over.</param>
    /// <param name="given">Unknowns that another way of the same packets has chosen.</param>
    /// <param name="settled">Unknowns that what is asked about settles.</param>
    public IEnumerable<Cell> Lose(ulong[] box, Assumed? given, SettledUnknowns? settled = null) => Run(
        new Cell { Box = box, Given = given, Settled = settled, Tracking = TrackingPhase.Before, IsLost = true }, JourneyLeg.Prerouting);

    /// <summary>What becomes of the packets of a box.</summary>
    /// <param name="box">A part of one of the space's boxes; it is taken over.</param>
    /// <param name="given">Unknowns that another way of the same packets has chosen.</param>
    /// <param name="settled">Unknowns that what is asked about settles.</param>
    /// <returns>Disjoint parts under each outcome of the unknowns, computed one after the other.</returns>
    public IEnumerable<Cell> Run(ulong[] box, Assumed? given = null, SettledUnknowns? settled = null)
    {
        var isSent = box[_input.Index] == _space.NoInput;
        var cell = new Cell { Box = box, Given = given, Settled = settled, Tracking = TrackingPhase.Before };
        return Run(cell, isSent ? JourneyLeg.Output : JourneyLeg.Prerouting);
    }

    /// <summary>What becomes, from there on, of packets that stand somewhere in a hook.</summary>
    /// <param name="cell">The packets; it is taken over. Of those in PREROUTING the way out is not told.</param>
    /// <param name="hook">The hook.</param>
    public IEnumerable<Cell> Continue(Cell cell, Hook hook) => Run(cell, (JourneyLeg)hook, isUnderway: true);

    private IEnumerable<Cell> Run(Cell cell, JourneyLeg leg, bool isUnderway = false)
    {
        var walker = cell.IsLost ? _losing.Value : _walkers[(int)leg];
        walker.Clear();
        walker.Target = Target;
        walker.Skipped = Skipped;
        walker.Acting = Acting;
        walker.IsWithoutNat = IsWithoutNat || leg is JourneyLeg.LoopPrerouting or JourneyLeg.LoopInput;
        walker.IsLocal = isUnderway && EndsAtRoutes && leg == JourneyLeg.Output && cell.Chain?.Symbol.Table is TableKind.Raw or TableKind.Mangle;
        var isLast = walker.IsLocal || (EndsAtRoutes && leg == JourneyLeg.Prerouting);
        if (isUnderway)
        {
            PushDepartures(walker, cell, leg);
        }
        else
        {
            SetInterfaces(cell, leg);
            walker.Enter(cell);
        }
        while (walker.MoveNext() is { } reached)
        {
            if (reached.Chain is { } chain)
            {
                reached.IsHit = true;
                walker.Act(reached, chain, chain.Rows[reached.Rows is { } met ? met[reached.Next] : reached.Next]);
                continue;
            }
            if (isLast || reached.Verdict != CellVerdict.Accept)
            {
                yield return reached;
                continue;
            }
            foreach (var (part, next) in Advance(reached, leg))
            {
                if (next is not { } following)
                {
                    yield return part;
                    continue;
                }
                foreach (var end in Run(part, following))
                {
                    yield return end;
                }
            }
        }
    }

    /// <summary>Adds packets that are somewhere in a hook, those in PREROUTING by every way out that they may take.</summary>
    private void PushDepartures(CellWalker walker, Cell cell, JourneyLeg leg)
    {
        foreach (var code in leg == JourneyLeg.Prerouting ? _space.Departures : [cell.Box[_output.Index]])
        {
            var part = cell.Clone();
            part.Box[_output.Index] = code;
            SetInterfaces(part, leg);
            walker.Push(part);
        }
    }

    /// <summary>The interfaces as rules see them at a hook.</summary>
    private void SetInterfaces(Cell cell, JourneyLeg leg)
    {
        var none = new Change.Constant(_input.ClassOf(0));
        switch (leg)
        {
            case JourneyLeg.Prerouting when cell.Box[_output.Index] != _space.NoOutput:
            case JourneyLeg.Input when cell.Box[_output.Index] != _space.NoOutput:
                cell.Set(_output, none);
                break;
            case JourneyLeg.LoopPrerouting:
                cell.Set(_input, new Change.Constant(_input.ClassOf(InterfaceName.Pack("lo"))));
                cell.Set(_output, none);
                foreach (var field in LostOnLoop)
                {
                    if (_layout.Find(field) is { } lost)
                    {
                        cell.Set(lost, new Change.Constant(lost.AbsentClass));
                    }
                }
                break;
        }
    }

    /// <summary>Where a cell that a hook accepts goes on; null for its end.</summary>
    private IEnumerable<(Cell Cell, JourneyLeg? Next)> Advance(Cell cell, JourneyLeg leg) => leg switch
    {
        JourneyLeg.Prerouting => cell.IsLost ? [(cell, null)] : _router.RouteArriving(cell),
        JourneyLeg.Forward => [(cell, JourneyLeg.Postrouting)],
        JourneyLeg.Output => _router.RouteSent(cell),
        JourneyLeg.Postrouting => Leave(cell),
        JourneyLeg.LoopPrerouting => [(cell, JourneyLeg.LoopInput)],
        _ => [(cell, null)],
    };

    /// <summary>What goes out by <c>lo</c> comes in again.</summary>
    private IEnumerable<(Cell Cell, JourneyLeg? Next)> Leave(Cell cell)
    {
        if (cell.Box[_input.Index] != _space.NoInput)
        {
            yield return (cell, null);
            yield break;
        }
        switch (cell.Changes?[_output.Index])
        {
            case null:
                foreach (var back in cell.Part(_output, _loopback) is { } part ? LoopBack(part) : [])
                {
                    yield return (back, JourneyLeg.LoopPrerouting);
                }
                foreach (var gone in cell.PartsWithout(_output, _loopback))
                {
                    yield return (gone, null);
                }
                break;
            case Change.Constant constant:
                var isLooped = _output.CodeOf(constant.Class) == _loopback;
                foreach (var part in isLooped ? LoopBack(cell) : [cell])
                {
                    yield return (part, isLooped ? JourneyLeg.LoopPrerouting : null);
                }
                break;
            default:
                yield return (cell, null);
                break;
        }
    }

    /// <summary>What has an entry keeps it; conntrack looks an invalid packet up once more, behind raw.</summary>
    private IEnumerable<Cell> LoopBack(Cell cell)
    {
        if (cell.Tracking == TrackingPhase.Untracked)
        {
            return [cell];
        }
        cell.Tracking = TrackingPhase.Tracked;
        var invalid = _state.CodeOf(_state.ClassOf((int)ConntrackState.Invalid));
        if (!_isRawLooped || cell.Part(_state, invalid) is not { } lookedUp)
        {
            return [cell];
        }
        lookedUp.Tracking = TrackingPhase.Before;
        return cell.PartsWithout(_state, invalid).Append(lookedUp);
    }
}
