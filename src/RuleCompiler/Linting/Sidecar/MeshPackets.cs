using System.Collections.Immutable;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>
/// The first packets of connections into a pod and out of it: of every kind that the rules on their way tell apart one,
/// the most usual first.
/// </summary>
internal sealed class MeshPackets
{
    private const ushort OpenerPort = 40000;
    private const ushort ApplicationPort = 8080;
    private const uint ApplicationId = 1000;
    private const int MostPackets = 20_000;

    private readonly Family _family;
    private readonly Mesh _mesh;
    private readonly HostView _host;
    private readonly FieldSamples _arriving;
    private readonly FieldSamples _leaving;

    public MeshPackets(LintContext context, Mesh mesh)
    {
        _family = context.Family;
        _mesh = mesh;
        _host = new HostView(context.Host, context.Family);
        _arriving = FieldSamples.Of(context.Tables, mesh.ChainsFrom(Hook.Prerouting));
        _leaving = FieldSamples.Of(context.Tables, mesh.ChainsFrom(Hook.Output));
        Applications = [.. SendersOf(mesh.Profile)];
    }

    /// <summary>Whether there are more kinds of packets than are looked at: then 'none' is not proven.</summary>
    public bool IsPartial { get; private set; }

    /// <summary>An ordinary process, then those whose users and groups the rules tell from it; none is the proxy.</summary>
    public ImmutableArray<Sender> Applications { get; }

    /// <summary>The pod's address.</summary>
    public IpAddress Pod => _host.Devices[0].Address;

    /// <summary>TCP connections that arrive for the pod.</summary>
    public IEnumerable<Packet> Inbound() => Inbound(Ports(_arriving, ApplicationPort), Sources());

    /// <summary>Those to ports that are not the proxy's own: of ports that the rules do not tell apart one that is not, where there is one.</summary>
    public IEnumerable<Packet> InboundToApplication() => Inbound(
        _arriving.Of(PacketField.DestinationPort, [ApplicationPort], port => IsPort(port) && !_mesh.IsServed((ushort)port)).Select(port => (ushort)port),
        Sources());

    /// <summary>Those to one port.</summary>
    public IEnumerable<Packet> Inbound(ushort port) => Inbound([port], Sources());

    /// <summary>Those from one source.</summary>
    public IEnumerable<Packet> Inbound(IpAddress from) => Inbound(Ports(_arriving, ApplicationPort), [from]);

    /// <summary>TCP connections that a process opens to addresses that are not its own, to any port or to one.</summary>
    public IEnumerable<Packet> Outbound(Sender sender, ushort? port = null) => Bounded(
        from outInterface in OutInterfaces()
        from destination in Destinations()
        from number in port is { } one ? [one] : Ports(_leaving, 80)
        select sender.Of(Packet(IpProtocol.Tcp, Pod, destination, number)) with { OutInterface = outInterface });

    /// <summary>The same to any address, the pod's own and loopback's included.</summary>
    public IEnumerable<Packet> OutboundAnywhere(Sender sender) => Outbound(sender).Concat(Bounded(
        from value in _leaving.Of(PacketField.Destination, [Pod.Value, _host.Loopback.Value], IsUnicastOrLoopback)
        from number in Ports(_leaving, 80)
        select sender.Of(Packet(IpProtocol.Tcp, Pod, new IpAddress(_family, value), number))));

    /// <summary>What a process asks a resolver: of each kind of resolver that the rules tell apart one.</summary>
    public IEnumerable<Packet> Queries(Sender sender, byte protocol) => Bounded(
        from resolver in Resolvers()
        select sender.Of(Packet(protocol, CaptureMap.IsLoopback(resolver) ? _host.Loopback : Pod, resolver, 53)));

    /// <summary>TCP connections that a process opens, over <c>lo</c>, to its own pod.</summary>
    public IEnumerable<Packet> SelfCalls(Sender sender) =>
        from port in Ports(_leaving, ApplicationPort)
        select OverLoopback(sender, Pod, port);

    /// <summary>A TCP connection to the pod's own address, over <c>lo</c>.</summary>
    public Packet OverLoopback(Sender sender, IpAddress source, ushort port = ApplicationPort) =>
        sender.Of(Packet(IpProtocol.Tcp, source, Pod, port)) with { OutInterface = _mesh.LoopbackName };

    private IEnumerable<Packet> Inbound(IEnumerable<ushort> ports, IEnumerable<IpAddress> sources) => Bounded(
        from device in InInterfaces()
        from destination in Own(device)
        from source in sources
        from port in ports
        select Packet(IpProtocol.Tcp, source, destination, port) with { InInterface = device });

    private static Packet Packet(byte protocol, IpAddress source, IpAddress destination, ushort port) => new()
    {
        Protocol = protocol,
        Source = new Endpoint(source, OpenerPort),
        Destination = new Endpoint(destination, port),
    };

    private IEnumerable<Packet> Bounded(IEnumerable<Packet> packets)
    {
        var count = 0;
        foreach (var packet in packets)
        {
            if (++count > MostPackets)
            {
                IsPartial = true;
                yield break;
            }
            yield return packet;
        }
        IsPartial |= _arriving.IsPartial || _leaving.IsPartial;
    }

    private IEnumerable<string> InInterfaces() => _arriving
        .InterfacesOf(PacketField.InInterface, _host.Devices.Select(device => device.Name))
        .Where(name => name != HostInterface.Loopback.Name);

    /// <summary>Null, for the way that routing gives, then the interfaces that the rules tell from it.</summary>
    private IEnumerable<string?> OutInterfaces()
    {
        var names = _leaving.InterfacesOf(PacketField.OutInterface, _host.Devices.Select(device => device.Name))
            .Where(name => name != HostInterface.Loopback.Name && name != _host.Devices[0].Name);
        return names.Prepend<string?>(null);
    }

    private IEnumerable<IpAddress> Own(string device) => _arriving
        .Of(PacketField.Destination, _host.Devices.OrderBy(d => d.Name == device ? 0 : 1).Select(d => d.Address.Value), IsUnicast)
        .Select(value => new IpAddress(_family, value));

    private IEnumerable<IpAddress> Sources() => _arriving.Of(PacketField.Source, [_host.Remote.Value], IsForeign)
        .Select(value => new IpAddress(_family, value));

    private IEnumerable<IpAddress> Destinations() => _leaving.Of(PacketField.Destination, [_host.Remote.Value], IsForeign)
        .Select(value => new IpAddress(_family, value));

    /// <summary>Resolvers elsewhere, and those on <c>lo</c> that rules name.</summary>
    private IEnumerable<IpAddress> Resolvers() => _leaving
        .Of(PacketField.Destination, [_host.Resolver.Value], value => IsForeign(value)
            || (CaptureMap.IsLoopback(new IpAddress(_family, value)) && value != _host.Loopback.Value && _leaving.IsNamed(PacketField.Destination, value)))
        .Select(value => new IpAddress(_family, value));

    private static IEnumerable<ushort> Ports(FieldSamples samples, ushort usual) =>
        samples.Of(PacketField.DestinationPort, [usual], IsPort).Select(port => (ushort)port);

    private static bool IsPort(UInt128 value) => value > 0 && value <= ushort.MaxValue;

    private bool IsForeign(UInt128 value) => _host.IsForeign(new IpAddress(_family, value));

    private bool IsUnicast(UInt128 value) => _host.IsUnicast(new IpAddress(_family, value));

    private bool IsUnicastOrLoopback(UInt128 value) => IsUnicast(value) || CaptureMap.IsLoopback(new IpAddress(_family, value));

    private IEnumerable<Sender> SendersOf(MeshProfile profile)
    {
        var id = ApplicationId;
        while (profile.ProxyUids.Contains(id) || profile.ProxyGids.Contains(id))
        {
            id++;
        }
        return
            from uid in Ids(PacketField.Uid, id).Except(profile.ProxyUids)
            from gid in Ids(PacketField.Gid, id).Concat(Ids(PacketField.Groups, id)).Distinct().Except(profile.ProxyGids)
            select new Sender(uid, gid);
    }

    private IEnumerable<uint> Ids(PacketField field, uint usual) =>
        _leaving.Of(field, [usual], value => value < uint.MaxValue).Select(value => (uint)value);
}
