using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>What lies between the hooks for cells: routing, by their out-interface or by the host's routes to a new destination.</summary>
/// <remarks>Serves one thread.</remarks>
internal sealed class CellRouter
{
    private readonly SpaceLayout _layout;
    private readonly UnknownTable _unknowns;
    private readonly JourneySpace _space;
    private readonly Routing _routing;
    private readonly MarkRoutes _routes;
    private readonly CellSplitter _splitter;
    private readonly SpaceTest[] _passable;
    private readonly Dimension? _hops;
    private readonly Dimension _output;
    private readonly Dimension _destination;

    public CellRouter(SpaceRuleset rules, JourneySpace space, HostFacts host)
    {
        _layout = rules.Layout;
        _unknowns = rules.UnknownTable;
        _space = space;
        _routing = Routing.Of(host);
        _routes = new MarkRoutes(_layout, _routing, host);
        _splitter = new CellSplitter(_layout, _unknowns);
        _hops = _layout.Find(PacketField.Ttl);
        _passable =
        [
            .. _layout.TellsHopsLeft ? TestsOf(PacketField.Ttl, FieldSet.Range(2, byte.MaxValue)) : [],
            .. TestsOf(PacketField.FrameKind, FieldSet.Of((int)FrameKind.Unicast).WithAbsent(true)),
        ];
        _output = _layout[PacketField.OutInterface];
        _destination = _layout[PacketField.Destination];
    }

    /// <summary>Where packets go that have passed PREROUTING.</summary>
    public IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteArriving(Cell cell) =>
        RouteByDestination(cell).SelectMany(way => way.Next == JourneyLeg.Forward ? PassOn(way.Cell) : [way]);

    private IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteByDestination(Cell cell)
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
                foreach (var way in cell.Part(_destination, _destination.CodeOf(constant.Class)) is { } idle ? RouteAsGiven(idle) : [])
                {
                    yield return way;
                }
                foreach (var part in cell.PartsWithout(_destination, _destination.CodeOf(constant.Class)))
                {
                    foreach (var way in RouteTo(part, new IpAddress(_layout.Family, _destination.ValueOf(constant.Class))))
                    {
                        yield return way;
                    }
                }
                break;
            case { } picked when Change.PickOf(picked) is { } values:
                foreach (var way in ByPick(cell, values, $"route {picked}").SelectMany(part => part.IsSame
                    ? RouteAsGiven(part.Cell) : RouteAmong(part.Cell, values, $"route {picked}").Select(Arriving)))
                {
                    yield return way;
                }
                break;
            case { } other:
                foreach (var way in RouteEither(cell, $"route {other}"))
                {
                    yield return way;
                }
                break;
        }
    }

    private (Cell Cell, JourneyLeg? Next) Arriving((Cell Cell, RouteKind Kind, Change Output) way)
    {
        if (way.Kind == RouteKind.Remote)
        {
            way.Cell.Set(_output, way.Output);
        }
        return way.Kind switch { RouteKind.Local => (way.Cell, JourneyLeg.Input), RouteKind.Remote => (way.Cell, JourneyLeg.Forward), _ => Lose(way.Cell) };
    }

    /// <summary>To an address that rules have given them.</summary>
    private IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteTo(Cell cell, IpAddress address)
    {
        foreach (var (part, found) in _routes.To(cell, address, cell.Changes))
        {
            if (found is not { } route)
            {
                foreach (var way in RouteEither(part, $"route {address} by mark"))
                {
                    yield return way;
                }
                continue;
            }
            yield return Arriving((part, route.Kind, OutputTo(route.Interface ?? "")));
        }
    }

    /// <summary>Packets for which an address is picked from some: those that had one of these may have it picked again, which changes nothing.</summary>
    private IEnumerable<(Cell Cell, bool IsSame)> ByPick(Cell cell, Interval addresses, string key)
    {
        var codes = new List<ulong>();
        _destination.AddCodes(FieldSet.Range(addresses.Low, addresses.High), codes);
        foreach (var other in cell.PartsWithout(_destination, codes[0]))
        {
            yield return (other, false);
        }
        if (cell.Part(_destination, codes[0]) is { } own)
        {
            var (same, other) = Choose(own, $"{key} again");
            foreach (var way in ((Cell?, bool)[])[(same, true), (other, false)])
            {
                if (way is ({ } part, var isSame))
                {
                    yield return (part, isSame);
                }
            }
        }
    }

    /// <summary>To some of several addresses: every way that one of them goes, and the interface out, <c>lo</c> for here.</summary>
    private IEnumerable<(Cell Cell, RouteKind Kind, Change Output)> RouteAmong(Cell cell, Interval addresses, string key)
    {
        var routes = _routes.Among(addresses);
        (RouteKind Kind, Change Output)[] ways = routes.Count == 0
            ? [(RouteKind.Local, OutputTo("lo")), (RouteKind.Remote, new Change.Unknown(key))]
            : [.. routes.GroupBy(route => route.Kind, route => route.Interface ?? "").OrderBy(kind => kind.Key)
                .Select(kind => (kind.Key, kind.ToList() is [var only] ? (Change)OutputTo(only) : new Change.Unknown(key)))];
        var rest = cell;
        foreach (var (kind, output) in ways[..^1])
        {
            var (part, others) = rest is null ? (null, null) : Choose(rest, $"{key} {kind}");
            if (part is not null)
            {
                yield return (part, kind, output);
            }
            rest = others;
        }
        if (rest is not null)
        {
            yield return (rest, ways[^1].Kind, ways[^1].Output);
        }
    }

    private Change.Constant OutputTo(string link) => new Change.Constant(_output.ClassOf(InterfaceName.Pack(link)));

    /// <summary>Here or on, of which nothing is known.</summary>
    private IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteEither(Cell cell, string key)
    {
        var (local, remote) = Choose(cell, key);
        if (local is not null)
        {
            yield return (local, JourneyLeg.Input);
        }
        if (remote is not null)
        {
            remote.Set(_output, new Change.Unknown(key));
            yield return (remote, JourneyLeg.Forward);
        }
    }

    /// <summary>Where packets go that keep their destination: the out-interface says it.</summary>
    private IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteAsGiven(Cell cell)
    {
        if (cell.Part(_output, _space.NoOutput) is { } here)
        {
            here.Set(_output, null);
            yield return (here, JourneyLeg.Input);
        }
        foreach (var away in cell.PartsWithout(_output, _space.NoOutput))
        {
            away.Set(_output, null);
            yield return (away, JourneyLeg.Forward);
        }
    }

    /// <summary>Takes a hop from packets to be passed on; those that cannot be are lost, which no rule has done.</summary>
    /// <remarks>Source: net/ipv4/ip_forward.c, <c>ip_forward</c>; net/ipv6/ip6_output.c, <c>ip6_forward</c>.</remarks>
    private List<(Cell Cell, JourneyLeg? Next)> PassOn(Cell cell)
    {
        if (!_routing.IsForwarding || Deed.Has(cell.Deeds, DeedKind.Proxy) || !_splitter.Relate(cell, _passable))
        {
            return [Lose(cell)];
        }
        var ways = new List<(Cell, JourneyLeg?)>();
        _splitter.Cut(cell, lost => ways.Add(Lose(lost)));
        cell.IsPassedOn = true;
        if (_hops is not null)
        {
            cell.Set(_hops, new Change.OneHopLess(cell.Changes?[_hops.Index]));
        }
        ways.Add((cell, JourneyLeg.Forward));
        return ways;
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
    public IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteSent(Cell cell)
    {
        switch (cell.Changes?[_destination.Index])
        {
            case null:
                return RouteAgain(cell);
            case Change.Constant constant:
                var code = _destination.CodeOf(constant.Class);
                return
                [
                    .. cell.Part(_destination, code) is { } idle ? RouteAsMangled(idle) : [],
                    .. cell.PartsWithout(_destination, code)
                        .SelectMany(part => _routes.To(part, new IpAddress(_layout.Family, _destination.ValueOf(constant.Class)), part.RoutedChanges))
                        .Select(way => Leaving(way.Part, way.Route is { } route
                            ? OutputTo(route.Interface ?? "") : new Change.Unknown($"route {constant} by mark"))),
                ];
            case { } picked when Change.PickOf(picked) is { } values:
                return ByPick(cell, values, $"route {picked}").SelectMany(part => part.IsSame
                    ? RouteAsMangled(part.Cell) : RouteAmong(part.Cell, values, $"route {picked}").Select(way => Leaving(way.Cell, way.Output)));
            case { } other:
                return [Leaving(cell, new Change.Unknown($"route {other}"))];
        }
    }

    /// <summary>Connections that nat leads to where they went anyway, so that the way stays that mangle's destination has.</summary>
    private IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteAsMangled(Cell cell) =>
        cell.MangledDestination is { } mangled ? [Leaving(cell, new Change.Unknown($"route {mangled}"))] : RouteAgain(cell);

    private IEnumerable<(Cell Cell, JourneyLeg? Next)> RouteAgain(Cell cell) =>
        _routes.Again(cell).Select(way => way.Output is null ? (way.Part, JourneyLeg.Postrouting) : Leaving(way.Part, way.Output));

    /// <summary>By another interface than before; where there is none, they are lost.</summary>
    private (Cell Cell, JourneyLeg? Next) Leaving(Cell cell, Change output)
    {
        cell.Set(_output, output);
        return output is Change.Constant constant && constant.Class == _output.ClassOf(0) ? Lose(cell) : (cell, JourneyLeg.Postrouting);
    }

    private static (Cell Cell, JourneyLeg? Next) Lose(Cell cell)
    {
        cell.IsLost = true;
        return (cell, null);
    }

    /// <summary>The test of one field; none where nothing asks for it, or where it takes several.</summary>
    private IEnumerable<SpaceTest> TestsOf(PacketField field, FieldSet set)
    {
        var codes = new List<ulong>();
        _layout.Find(field)?.AddCodes(set, codes);
        return codes is [var code] && _layout.Find(field) is { } dimension ? [new SpaceTest(dimension.Index, code)] : [];
    }
}
