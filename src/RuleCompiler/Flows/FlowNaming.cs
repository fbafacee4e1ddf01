using System.Collections.Immutable;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Tells which of a sidecar's six flows a packet is a leg of: by who sends it, where to, and which listener takes it.</summary>
public sealed class FlowNaming
{
    private readonly MeshProfile _profile;
    private readonly HashSet<IpAddress> _own;

    private FlowNaming(MeshProfile profile, HostFacts host)
    {
        _profile = profile;
        _own = [.. host.Interfaces.SelectMany(i => i.Addresses).Select(a => a.Address)];
    }

    /// <summary>The naming for one family of a dump.</summary>
    /// <param name="compilation">A compilation without errors.</param>
    /// <param name="family">The family.</param>
    /// <param name="profile">The mesh; what the dump itself tells goes before it.</param>
    /// <param name="host">The machine.</param>
    /// <returns>Null where the dump has no sidecar.</returns>
    public static FlowNaming? Create(Compilation compilation, Family family, MeshProfile profile, HostFacts host)
    {
        if (compilation.GetRuleset(family) is not { } ruleset)
        {
            return null;
        }
        var inference = new ProfileInference(ruleset, new CaptureMap(ruleset), profile);
        return inference.IsSidecar ? new FlowNaming(inference.Infer(), host) : null;
    }

    /// <summary>All packets of a flow, to be searched for.</summary>
    /// <param name="flow">1 to 6.</param>
    /// <param name="family">The family of the dump.</param>
    internal IPacketKind PacketsOf(int flow, Family family) => new NamedFlow(flow, family, _profile, _own);

    /// <summary>What of a packet, as it was sent, tells flows apart: packets alike in all of it, and captured alike, are of one flow.</summary>
    internal IEnumerable<Condition> Distinctions(Family family)
    {
        yield return Condition.Field(PacketField.Protocol, FieldSet.Of(IpProtocol.Tcp));
        yield return Condition.Field(PacketField.DestinationPort, FieldSet.Union(_profile.ServedPorts.Select(port => new Interval(port, port))));
        yield return Condition.Field(PacketField.DestinationPort, FieldSet.Of(_profile.ControlPlanePort));
        yield return Condition.Field(PacketField.Uid, FieldSet.Union(_profile.ProxyUids.Select(uid => new Interval(uid, uid))));
        yield return Condition.Field(PacketField.Gid, FieldSet.Union(_profile.ProxyGids.Select(gid => new Interval(gid, gid))));
        yield return Condition.Field(PacketField.Destination, family == Family.IPv4 ? FieldSet.Range(0x7F000000, 0x7FFFFFFF) : FieldSet.Of(1));
        foreach (var address in _own.Where(address => address.Family == family).OrderBy(address => address.Value))
        {
            yield return Condition.Field(PacketField.Destination, FieldSet.Of(address.Value));
        }
        if (_profile.PassthroughSource(family) is { } source)
        {
            yield return Condition.Field(PacketField.Source, FieldSet.Of(source.Value));
        }
        if (_profile.ProxyMark is { } mark)
        {
            yield return Condition.Field(PacketField.Mark, FieldSet.Of(mark));
        }
    }

    /// <summary>The number of the flow, 1 to 6; null for a packet of none, as all but TCP are.</summary>
    /// <param name="packet">The packet as it was sent.</param>
    /// <param name="rewrites">What became of its addresses.</param>
    public int? FlowOf(Packet packet, ImmutableArray<Rewrite> rewrites)
    {
        if (packet.Protocol != IpProtocol.Tcp)
        {
            return null;
        }
        ushort? capture = null;
        foreach (var rewrite in rewrites)
        {
            if (rewrite.Kind is "redirect" or "dnat" or "netmap" or "tproxy" && rewrite.Destination is { } destination)
            {
                capture = destination.Port;
            }
        }
        return packet.InInterface is null ? FlowOfSent(packet, capture) : FlowOfArriving(packet, capture);
    }

    private int? FlowOfArriving(Packet packet, ushort? capture) =>
        capture == _profile.InboundPort ? 1
        : capture is null && _profile.ServedPorts.Contains(packet.Destination.Port ?? 0) && IsOwn(packet.Destination.Address) ? 3
        : null;

    private int? FlowOfSent(Packet packet, ushort? capture)
    {
        var destination = packet.Destination;
        if (!IsOfProxy(packet))
        {
            return capture == _profile.OutboundPort ? 2
                : capture is null && IsOwn(destination.Address) ? 4
                : null;
        }
        return _profile.PassthroughSource(packet.Family) == packet.Source.Address ? 1
            : IsLoopback(destination.Address) ? 5
            : capture == _profile.InboundPort || IsOwn(destination.Address) ? 4
            : destination.Port == _profile.ControlPlanePort ? 6
            : 2;
    }

    private bool IsOfProxy(Packet packet) =>
        _profile.PassthroughSource(packet.Family) == packet.Source.Address
        || (_profile.ProxyMark is { } mark && packet.Mark == MaskedNumber.Exact(mark))
        || (packet.Socket == SocketKind.Process && (_profile.ProxyUids.Contains(packet.Uid) || _profile.ProxyGids.Contains(packet.Gid)));

    private bool IsOwn(IpAddress address) => _own.Contains(address) || IsLoopback(address);

    private static bool IsLoopback(IpAddress address) =>
        address.Family == Family.IPv4 ? address.Value >> 24 == 127 : address.Value == 1;
}
