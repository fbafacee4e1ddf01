using RuleCompiler.Evaluation;
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

    private readonly SpaceLayout _layout;
    private readonly UnknownTable _unknowns;
    private readonly JourneySpace _space;
    private readonly Routing _routing;
    private readonly CellWalker[] _walkers;
    private readonly Dimension _input;
    private readonly Dimension _output;
    private readonly Dimension _destination;
    private readonly ulong _loopback;

    public JourneyWalker(SpaceRuleset rules, JourneySpace space, Routing routing, StepBudget budget)
    {
        _layout = rules.Layout;
        _unknowns = rules.UnknownTable;
        _space = space;
        _routing = routing;
        _walkers = [.. Hooks.Select(hook => new CellWalker(rules, hook, budget))];
        _input = _layout[PacketField.InInterface];
        _output = _layout[PacketField.OutInterface];
        _destination = _layout[PacketField.Destination];
        _loopback = _output.CodeOf(_output.ClassOf(InterfaceName.Pack("lo")));
    }

    /// <summary>A rule: cells that match it are marked as hit.</summary>
    public RuleKey? Target { get; set; }

    /// <summary>Whether nat chains are passed by.</summary>
    public bool IsWithoutNat { get; init; }

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

    private IEnumerable<Cell> Run(Cell cell, JourneyLeg leg)
    {
        var walker = _walkers[(int)leg];
        SetInterfaces(cell, leg);
        walker.Clear();
        walker.Target = Target;
        walker.IsWithoutNat = IsWithoutNat || leg is JourneyLeg.LoopPrerouting or JourneyLeg.LoopInput;
        walker.Enter(cell);
        while (walker.MoveNext() is { } reached)
        {
            if (reached.Chain is { } chain)
            {
                reached.IsHit = true;
                walker.Act(reached, chain, chain.Rows[reached.Rows is { } met ? met[reached.Next] : reached.Next]);
                continue;
            }
            if (reached.Verdict != CellVerdict.Accept)
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

    /// <summary>The interfaces as rules see them at a hook.</summary>
    private void SetInterfaces(Cell cell, JourneyLeg leg)
    {
        var none = new Change.Constant(_input.ClassOf(0));
        switch (leg)
        {
            case JourneyLeg.Prerouting when cell.Box[_output.Index] != _space.NoOutput:
            case JourneyLeg.Input when cell.Box[_output.Index] != _space.NoOutput:
                Set(cell, _output, none);
                break;
            case JourneyLeg.LoopPrerouting:
                Set(cell, _input, new Change.Constant(_input.ClassOf(InterfaceName.Pack("lo"))));
                Set(cell, _output, none);
                foreach (var field in LostOnLoop)
                {
                    if (_layout.Find(field) is { } lost)
                    {
                        Set(cell, lost, new Change.Constant(lost.AbsentClass));
                    }
                }
                break;
        }
    }

    /// <summary>Where a cell that a hook accepts goes on; null for its end.</summary>
    private IEnumerable<(Cell Cell, JourneyLeg? Next)> Advance(Cell cell, JourneyLeg leg) => leg switch
    {
        JourneyLeg.Prerouting => RouteArriving(cell),
        JourneyLeg.Forward => [(cell, JourneyLeg.Postrouting)],
        JourneyLeg.Output => RouteSent(cell),
        JourneyLeg.Postrouting => Leave(cell),
        JourneyLeg.LoopPrerouting => [(cell, JourneyLeg.LoopInput)],
        _ => [(cell, null)],
    };

    private IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteArriving(Cell cell)
    {
        switch (cell.Changes?[_destination.Index])
        {
            case null:
                foreach (var way in RouteAsGiven(cell))
                {
                    yield return way;
                }
                break;
            case Change.Constant constant:
                // A destination that the packet had before changes nothing of its route.
                foreach (var way in Part(cell, _destination, _destination.CodeOf(constant.Class)) is { } idle ? RouteAsGiven(idle) : [])
                {
                    yield return way;
                }
                var route = _routing.Find(new IpAddress(_layout.Family, _destination.ValueOf(constant.Class)), 0);
                foreach (var part in PartsWithout(cell, _destination, _destination.CodeOf(constant.Class)))
                {
                    if (route.Kind == RouteKind.Remote)
                    {
                        Set(part, _output, new Change.Constant(_output.ClassOf(InterfaceName.Pack(route.Interface ?? ""))));
                    }
                    yield return (part, route.Kind switch { RouteKind.Local => JourneyLeg.Input, RouteKind.Remote => JourneyLeg.Forward, _ => null });
                }
                break;
            case Change.Unknown { Description: var description } when description.StartsWith("address of the interface", StringComparison.Ordinal):
                foreach (var way in RouteRedirected(cell))
                {
                    yield return way;
                }
                break;
            case { } other:
                var (local, remote) = Choose(cell, $"route {other}");
                if (local is not null)
                {
                    yield return (local, JourneyLeg.Input);
                }
                if (remote is not null)
                {
                    Set(remote, _output, new Change.Unknown($"route {other}"));
                    yield return (remote, JourneyLeg.Forward);
                }
                break;
        }
    }

    /// <summary>To this host's interface; but a packet that was for that address already goes where its out-interface says.</summary>
    private IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteRedirected(Cell cell)
    {
        List<Cell> rest = [cell];
        foreach (var link in _input.ClassesOf(cell.Box[_input.Index]).Where(_input.IsSingle))
        {
            if (_routing.PrimaryAddress(InterfaceName.Unpack(_input.ValueOf(link)), _layout.Family) is not { } own
                || _destination.ClassOf(own.Value) is var address && !_destination.IsSingle(address))
            {
                continue;
            }
            var (byLink, here) = (_input.CodeOf(link), _destination.CodeOf(address));
            foreach (var way in rest.Select(part => Part(part, _input, byLink)).OfType<Cell>()
                .Select(part => Part(part, _destination, here)).OfType<Cell>().SelectMany(RouteAsGiven))
            {
                yield return way;
            }
            rest =
            [
                .. rest.SelectMany(part => PartsWithout(part, _input, byLink)),
                .. rest.Select(part => Part(part, _input, byLink)).OfType<Cell>().SelectMany(part => PartsWithout(part, _destination, here)),
            ];
        }
        foreach (var part in rest)
        {
            yield return (part, JourneyLeg.Input);
        }
    }

    /// <summary>Where packets go that keep their destination: the out-interface says it.</summary>
    private IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteAsGiven(Cell cell)
    {
        if (Part(cell, _output, _space.NoOutput) is { } here)
        {
            Set(here, _output, null);
            yield return (here, JourneyLeg.Input);
        }
        foreach (var away in PartsWithout(cell, _output, _space.NoOutput))
        {
            Set(away, _output, null);
            yield return (away, JourneyLeg.Forward);
        }
    }

    /// <summary>Both ways that hang on something not known, or the one that was chosen before.</summary>
    private (Cell? Holds, Cell? Fails) Choose(Cell cell, string key)
    {
        var variable = _unknowns.Find(key, "route", isStateful: false);
        var known = Known(cell.Assumed, variable) ?? Known(cell.Given, variable);
        var other = cell.Clone();
        var (chain, rule) = (cell.DecidingChain ?? throw new InvalidOperationException(), cell.DecidingRule);
        cell.Assumed = new Assumed(variable, 1, true, chain, rule, cell.Assumed);
        other.Assumed = new Assumed(variable, 0, true, chain, rule, other.Assumed);
        return (known == 0 ? null : cell, known == 1 ? null : other);
    }

    private static int? Known(Assumed? assumed, int variable)
    {
        for (; assumed is not null; assumed = assumed.Before)
        {
            if (assumed.Variable == variable)
            {
                return assumed.Value;
            }
        }
        return null;
    }

    /// <summary>The interface after a new destination; one that the packet had before is none.</summary>
    private IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteSent(Cell cell)
    {
        switch (cell.Changes?[_destination.Index])
        {
            case null:
                yield return (cell, JourneyLeg.Postrouting);
                break;
            case Change.Constant constant:
                var code = _destination.CodeOf(constant.Class);
                if (Part(cell, _destination, code) is { } idle)
                {
                    yield return (idle, JourneyLeg.Postrouting);
                }
                var route = _routing.Find(new IpAddress(_layout.Family, _destination.ValueOf(constant.Class)), 0);
                foreach (var part in PartsWithout(cell, _destination, code))
                {
                    Set(part, _output, new Change.Constant(_output.ClassOf(InterfaceName.Pack(route.Interface ?? ""))));
                    yield return (part, JourneyLeg.Postrouting);
                }
                break;
            case { } other:
                Set(cell, _output, new Change.Unknown($"route {other}"));
                yield return (cell, JourneyLeg.Postrouting);
                break;
        }
    }

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
                if (Part(cell, _output, _loopback) is { } back)
                {
                    yield return (back, JourneyLeg.LoopPrerouting);
                }
                foreach (var gone in PartsWithout(cell, _output, _loopback))
                {
                    yield return (gone, null);
                }
                break;
            case Change.Constant constant:
                yield return (cell, _output.CodeOf(constant.Class) == _loopback ? JourneyLeg.LoopPrerouting : null);
                break;
            default:
                yield return (cell, null);
                break;
        }
    }

    private static Cell? Part(Cell cell, Dimension dimension, ulong code)
    {
        var common = Boxes.Meet(cell.Box[dimension.Index], code, dimension.IsNarrow);
        if (common == Boxes.Nothing)
        {
            return null;
        }
        var part = cell.Clone();
        part.Box[dimension.Index] = common;
        return part;
    }

    private static IEnumerable<Cell> PartsWithout(Cell cell, Dimension dimension, ulong code)
    {
        var codes = new List<ulong>();
        dimension.AddDifference(cell.Box[dimension.Index], code, codes);
        return codes.Select(rest => Part(cell, dimension, rest)).OfType<Cell>();
    }

    private void Set(Cell cell, Dimension dimension, Change? change)
    {
        if (change is not null || cell.Changes?[dimension.Index] is not null)
        {
            cell.Changes = (cell.Changes ?? new PacketChanges(_layout.Count)).With(dimension.Index, change);
        }
    }
}
