using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Whether TPROXY finds a transparent socket of the machine for cells.</summary>
/// <remarks>
/// What <see cref="TransparentProxy"/> does with a packet, done with cells, which are cut by what its answer hangs on: the
/// interface that they came by, their protocol and, where the rule names no port, their own.
/// </remarks>
/// <param name="layout">The dimensions.</param>
/// <param name="splitter">Cuts cells.</param>
/// <param name="host">The machine.</param>
internal sealed class ProxyListeners(SpaceLayout layout, CellSplitter splitter, HostFacts host)
{
    private readonly Host _host = new(host);
    private readonly OwnAddresses _own = new(layout, splitter, host);

    /// <summary>What a layout has to tell apart for sockets to be found; nothing where no rule looks for one.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="rules">The rules.</param>
    public static IEnumerable<Condition> ConditionsOf(HostFacts host, CompiledRuleset rules) =>
        Array.Exists(rules.Actions, action => action.Kind == ActionKind.Tproxy)
            ? host.Sockets.Distinct().SelectMany(socket => (Condition[])
                [Condition.Field(PacketField.Protocol, FieldSet.Of(socket.Protocol)), Condition.Field(PacketField.DestinationPort, FieldSet.Of(socket.Port))])
            : [];

    /// <summary>Looks for the socket.</summary>
    /// <param name="cell">Packets with ports; it is taken over.</param>
    /// <param name="target">What TPROXY looks for.</param>
    /// <returns>Parts of the cell, with the address looked for, null for none; and whether a socket is found, null where that is not known.</returns>
    public IEnumerable<(Cell Part, IpAddress? Address, bool? IsFound)> Find(Cell cell, Effect.ProxyTo target)
    {
        if (target.Address is { } given && given.Value != 0)
        {
            return Find(cell, given, target.Port);
        }
        return _own.OfInput(cell).SelectMany(way => way.Address switch
        {
            null => [(way.Part, null, false)],
            Change.Constant constant => Find(way.Part, new IpAddress(layout.Family, layout[PacketField.Destination].ValueOf(constant.Class)), target.Port),
            _ => [(way.Part, null, (bool?)null)],
        });
    }

    private List<(Cell Part, IpAddress? Address, bool? IsFound)> Find(Cell cell, IpAddress address, ushort port)
    {
        var result = new List<(Cell, IpAddress?, bool?)>();
        List<Cell> rest = [cell];
        foreach (var (protocol, number) in host.Sockets.Select(socket => (socket.Protocol, socket.Port)).Distinct())
        {
            if ((port != 0 && port != number) || _host.FindListener(protocol, address, number) is not { IsTransparent: true })
            {
                continue;
            }
            SpaceTest[] tests = port == 0 ? [Of(PacketField.Protocol, protocol), Of(PacketField.DestinationPort, number)] : [Of(PacketField.Protocol, protocol)];
            rest = splitter.CutOff(rest, tests, part => result.Add((part, address, true)));
        }
        return [.. result, .. rest.Select(part => (part, (IpAddress?)address, (bool?)false))];
    }

    private SpaceTest Of(PacketField field, UInt128 value) => new(layout[field].Index, layout[field].CodeOf(layout[field].ClassOf(value)));
}
