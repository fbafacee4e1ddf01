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
