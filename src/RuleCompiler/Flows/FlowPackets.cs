using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Flows;

/// <summary>Makes the first packet of each connection of a flow, from the host's addresses and the profile's roles.</summary>
internal sealed class FlowPackets
{
    private const ushort OpenerPort = 40000;
    private const ushort ApplicationPort = 8080;
    private const uint ApplicationId = 1000;

    private readonly Family _family;
    private readonly MeshProfile _profile;
    private readonly CaptureMap _captures;
    private readonly HostFacts _host;
    private readonly ImmutableArray<(string Name, IpAddress Address)> _interfaces;
    private readonly IpAddress _pod;

    public FlowPackets(Family family, MeshProfile profile, CaptureMap captures, HostFacts host)
    {
        _family = family;
        _profile = profile;
        _captures = captures;
        _host = host;
        _interfaces = Interfaces();
        _pod = _interfaces[0].Address;
    }

    /// <summary>The packets that can open a flow, the most usual first, then those with values that the rules name.</summary>
    public IEnumerable<Packet> Openers(FlowDefinition flow) => flow.Destination switch
    {
        FlowDestination.Application =>
            from port in PortsAt(Hook.Prerouting, ApplicationPort)
            from device in _interfaces
            select Arriving(device, port) with { Source = new Endpoint(SourceOf(flow), OpenerPort) },
        FlowDestination.Served => ServedPorts().Select(p => Arriving(_interfaces[0], p)),
        FlowDestination.Admin => [FromProxy(Loopback, new Endpoint(Loopback, _profile.AdminPort), IpProtocol.Tcp)],
        FlowDestination.ControlPlane =>
            [FromProxy(_pod, new Endpoint(Address("10.96.0.12", "fd00:96::12"), _profile.ControlPlanePort), IpProtocol.Tcp)],
        FlowDestination.Resolver =>
            from address in DestinationsAt(Address("10.96.0.10", "fd00:96::10"), isLocalToo: true)
            from owner in Applications()
            select FromApplication(owner, new Endpoint(address, 53), flow.Protocol),
        FlowDestination.OwnService => Leaving(Address("10.96.0.80", "fd00:96::80")),
        _ => Leaving(Remote),
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
                var application = _profile.CallsLoopback ? Loopback : _pod;
                var source = _profile.PassthroughSource(_family) ?? application;
                return FromProxy(source, taken.Destination with { Address = application }, taken.Protocol);
            case CapturePoint.Outbound when flow.Destination == FlowDestination.OwnService && taken.Destination.Address != _pod:
                return FromProxy(_pod, new Endpoint(_pod, ApplicationPort), taken.Protocol);
            default:
                return FromProxy(SourceFor(taken.Destination), taken.Destination, taken.Protocol);
        }
    }

    private IpAddress SourceOf(FlowDefinition flow) =>
        flow.Opener == Role.Probe && _profile.ProbeSource(_family) is { } probe ? probe : Remote;

    private IpAddress Remote => Address("10.244.2.9", "fd00:244:2::9");

    private IpAddress SourceFor(Endpoint destination) => CaptureMap.IsLoopback(destination.Address) ? Loopback : _pod;

    private IpAddress Loopback => Address("127.0.0.1", "::1");

    private bool IsPodAddress(IpAddress address) =>
        address.Family == _family && (_family == Family.IPv4 || address.Value >> 118 != 0x3FA); // fe80::/10

    /// <summary>The interface of the default route first, then others that have an address.</summary>
    private ImmutableArray<(string Name, IpAddress Address)> Interfaces()
    {
        var usual = _host.Routes.FirstOrDefault(r =>
            r is { Destination: null, IsLocal: false, Table: null } && (r.Family ?? _family) == _family)?.Interface;
        ImmutableArray<(string, IpAddress)> all =
        [
            .. from device in _host.Interfaces
               where device.Name != "lo"
               from prefix in device.Addresses.Where(a => IsPodAddress(a.Address)).Take(1)
               orderby device.Name == usual ? 0 : 1
               select (device.Name, prefix.Address),
        ];
        return all.IsEmpty ? [(usual ?? "eth0", Address("10.244.1.7", "fd00:244::7"))] : all;
    }

    private Packet Arriving((string Name, IpAddress Address) device, ushort port) => new()
    {
        Protocol = IpProtocol.Tcp,
        Source = new Endpoint(Remote, OpenerPort),
        Destination = new Endpoint(device.Address, port),
        InInterface = device.Name,
    };

    private IEnumerable<Packet> Leaving(IpAddress usual) =>
        from address in DestinationsAt(usual, isLocalToo: false)
        from port in PortsAt(Hook.Output, 80)
        from owner in Applications()
        select FromApplication(owner, new Endpoint(address, port), "tcp");

    private Packet FromApplication((uint Uid, uint Gid) owner, Endpoint destination, string protocol) =>
        From(SourceFor(destination), destination, protocol == "udp" ? IpProtocol.Udp : IpProtocol.Tcp, owner.Uid, owner.Gid);

    /// <summary>An ordinary user, then the users and groups of applications that the rules name.</summary>
    private IEnumerable<(uint Uid, uint Gid)> Applications()
    {
        var id = ApplicationId;
        while (_profile.ProxyUids.Contains(id) || _profile.ProxyGids.Contains(id))
        {
            id++;
        }
        return ValuesAt(Hook.Output, PacketField.Gid).Select(v => (uint)v).Except(_profile.ProxyGids).Select(gid => (id, gid))
            .Concat(ValuesAt(Hook.Output, PacketField.Uid).Select(v => (uint)v).Except(_profile.ProxyUids).Select(uid => (uid, id)))
            .Prepend((id, id));
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

    /// <summary>Those of the profile that the rules name, then other ports that arrivals are asked for, then the rest.</summary>
    private IEnumerable<ushort> ServedPorts()
    {
        ushort[] named = [.. ValuesAt(Hook.Prerouting, PacketField.DestinationPort).Select(v => (ushort)v)];
        return _profile.ServedPorts.Intersect(named).Concat(_profile.ServedPorts).Concat(named).Distinct();
    }

    private IEnumerable<ushort> PortsAt(Hook hook, ushort usual) =>
        ValuesAt(hook, PacketField.DestinationPort).Select(v => (ushort)v).Except(_profile.ServedPorts).Prepend(usual).Distinct();

    /// <summary>The usual address, then one of each network that the rules name.</summary>
    private IEnumerable<IpAddress> DestinationsAt(IpAddress usual, bool isLocalToo) =>
        ValuesAt(Hook.Output, PacketField.Destination)
            .Select(v => new IpAddress(_family, (v & 0xFF) == 0 ? v + 9 : v))
            .Where(a => isLocalToo || !_host.Interfaces.Any(i => i.Addresses.Any(own =>
                own.Address == a || (i.Name == "lo" && own.Contains(a)))))
            .Prepend(usual)
            .Distinct();

    private IEnumerable<UInt128> ValuesAt(Hook hook, PacketField field) =>
        _captures.RulesFrom(hook).SelectMany(CaptureMap.TestsOf).Where(t => t.Field == field).Select(t => t.Value);
}
