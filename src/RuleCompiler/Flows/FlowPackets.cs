using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Makes the first packet of each connection of a flow, from the host's addresses and the profile's roles.</summary>
internal sealed class FlowPackets
{
    private const ushort OpenerPort = 40000;
    private const ushort ApplicationPort = 8080;
    private const uint ApplicationUid = 1000;

    private readonly Family _family;
    private readonly MeshProfile _profile;
    private readonly CaptureMap _captures;
    private readonly string _interface;
    private readonly IpAddress _pod;
    private readonly HostFacts _host;

    public FlowPackets(Family family, MeshProfile profile, CaptureMap captures, HostFacts host)
    {
        _family = family;
        _profile = profile;
        _captures = captures;
        _host = host;
        var outer = host.Interfaces.FirstOrDefault(i => i.Name != "lo" && i.Addresses.Any(a => IsPodAddress(a.Address)));
        _interface = outer?.Name ?? "eth0";
        _pod = outer?.Addresses.First(a => IsPodAddress(a.Address)).Address ?? Address("10.244.1.7", "fd00:244::7");
    }

    /// <summary>The packets that can open a flow, the most usual first, then those with values that the rules name.</summary>
    public IEnumerable<Packet> Openers(FlowDefinition flow) => flow.Destination switch
    {
        FlowDestination.Application => PortsAt(Hook.Prerouting, ApplicationPort).Select(p => Arriving(p)),
        FlowDestination.Served => ServedPorts().Select(p => Arriving(p)),
        FlowDestination.Admin => [FromProxy(Loopback, new Endpoint(Loopback, _profile.AdminPort), IpProtocol.Tcp)],
        FlowDestination.ControlPlane =>
            [FromProxy(_pod, new Endpoint(Address("10.96.0.12", "fd00:96::12"), _profile.ControlPlanePort), IpProtocol.Tcp)],
        FlowDestination.Resolver => DestinationsAt(Address("10.96.0.10", "fd00:96::10"))
            .Select(a => FromApplication(new Endpoint(a, 53), flow.Protocol)),
        FlowDestination.OwnService => RemoteEndpoints(Address("10.96.0.80", "fd00:96::80")).Select(e => FromApplication(e, "tcp")),
        _ => RemoteEndpoints(Address("10.244.2.9", "fd00:244:2::9")).Select(e => FromApplication(e, "tcp")),
    };

    /// <summary>The connection that the proxy opens for one that it took.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="taken">The packet that came to the listener, as it was sent.</param>
    /// <param name="at">The listener.</param>
    public Packet Onward(FlowDefinition flow, Packet taken, CapturePoint at)
    {
        switch (at)
        {
            case CapturePoint.Inbound:
                var source = _profile.PassthroughSource(_family) ?? _pod;
                return FromProxy(source, taken.Destination with { Address = _pod }, taken.Protocol);
            case CapturePoint.Outbound when flow.Destination == FlowDestination.OwnService && taken.Destination.Address != _pod:
                return FromProxy(_pod, new Endpoint(_pod, ApplicationPort), taken.Protocol);
            default:
                return FromProxy(_pod, taken.Destination, taken.Protocol);
        }
    }

    private IpAddress Loopback => Address("127.0.0.1", "::1");

    private bool IsPodAddress(IpAddress address) =>
        address.Family == _family && (_family == Family.IPv4 || address.Value >> 118 != 0x3FA); // fe80::/10

    private Packet Arriving(ushort port) => new()
    {
        Protocol = IpProtocol.Tcp,
        Source = new Endpoint(Address("10.244.2.9", "fd00:244:2::9"), OpenerPort),
        Destination = new Endpoint(_pod, port),
        InInterface = _interface,
    };

    private Packet FromApplication(Endpoint destination, string protocol)
    {
        var uid = ApplicationUid;
        while (_profile.ProxyUids.Contains(uid) || _profile.ProxyGids.Contains(uid))
        {
            uid++;
        }
        return From(_pod, destination, protocol == "udp" ? IpProtocol.Udp : IpProtocol.Tcp, uid, uid);
    }

    private Packet FromProxy(IpAddress source, Endpoint destination, byte protocol) => From(
        source,
        destination,
        protocol,
        _profile.ProxyUids.FirstOrDefault(),
        _profile.ProxyGids.FirstOrDefault()) with
    {
        Mark = MaskedNumber.Exact(_profile.ProxyMark ?? 0),
    };

    private static Packet From(IpAddress source, Endpoint destination, byte protocol, uint uid, uint gid) => new()
    {
        Protocol = protocol,
        Source = new Endpoint(source, OpenerPort),
        Destination = destination,
        Socket = SocketKind.Process,
        Uid = uid,
        Gid = gid,
    };

    private IpAddress Address(string ipv4, string ipv6) =>
        IpAddress.TryParse(_family == Family.IPv4 ? ipv4 : ipv6, out var address) ? address : default;

    private IEnumerable<ushort> ServedPorts()
    {
        var named = ValuesAt(Hook.Prerouting, PacketField.DestinationPort).Select(v => (ushort)v).ToHashSet();
        return _profile.ServedPorts.OrderByDescending(named.Contains);
    }

    private IEnumerable<Endpoint> RemoteEndpoints(IpAddress usual) =>
        from address in DestinationsAt(usual)
        from port in PortsAt(Hook.Output, 80)
        select new Endpoint(address, port);

    private IEnumerable<ushort> PortsAt(Hook hook, ushort usual) =>
        ValuesAt(hook, PacketField.DestinationPort).Select(v => (ushort)v).Except(_profile.ServedPorts).Prepend(usual).Distinct();

    private IEnumerable<IpAddress> DestinationsAt(IpAddress usual) =>
        ValuesAt(Hook.Output, PacketField.Destination)
            .Select(v => new IpAddress(_family, v))
            .Where(a => !_host.Interfaces.Any(i => i.Addresses.Any(own => own.Address == a || (i.Name == "lo" && own.Contains(a)))))
            .Select(a => (a.Value & 0xFF) == 0 ? a with { Value = a.Value + 9 } : a)
            .Prepend(usual)
            .Distinct();

    private IEnumerable<UInt128> ValuesAt(Hook hook, PacketField field) =>
        _captures.RulesFrom(hook).SelectMany(CaptureMap.TestsOf).Where(t => t.Field == field).Select(t => t.Value);
}
