using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Oracles.Probes;

namespace RuleCompiler.Tests.Oracles.Linux;

/// <summary>A host in network namespaces of its own, into which rule sets are loaded and packets sent.</summary>
/// <remarks>
/// Use it on the thread that made it, one made by <see cref="NetworkNamespace.RunOnOwnThread"/>. The other ends of
/// its interfaces are in a second namespace, so that what the host sends out does not come back.
/// </remarks>
internal sealed class KernelMachine : IDisposable
{
    private const byte ProtocolV4 = 2;
    private const byte ProtocolV6 = 10;
    private const int FirstTag = 0x5100;
    private const int SentinelTag = 0x50ff;
    private const string LocalRouteFlag = " 8020"; // RTF_LOCAL and RTF_NONEXTHOP, in hexadecimal
    private readonly JsonNode _host;
    private readonly bool _isV6;
    private readonly Stack<IDisposable> _resources = new();
    private readonly NetlinkSocket _control;
    private readonly ITraceSource _source;
    private readonly ConntrackTable _connections;
    private readonly HeldPackets _held;
    private readonly Dictionary<string, InjectionPoint> _interfaces = [];

    /// <param name="host">Host facts in their JSON form.</param>
    /// <param name="isV6">The family of the rule sets and packets to come.</param>
    /// <param name="flavour">The flavour as which rule sets are loaded.</param>
    /// <exception cref="IOException">The machine lacks something the host needs; the message says what.</exception>
    public KernelMachine(JsonNode host, bool isV6, Flavour flavour)
    {
        (_host, _isV6) = (host, isV6);
        var outside = Own(NetworkNamespace.CreateAndEnter());
        NetworkNamespace.SetParameter("ipv6/conf/all/disable_ipv6", 1);
        NetworkNamespace.SetParameter("ipv6/conf/default/disable_ipv6", 1);
        var inside = Own(NetworkNamespace.CreateAndEnter());
        SetParameters();
        RunIp([], HostCommands.Links(host, outside.Path));
        outside.Enter();
        RunIp([], HostCommands.Peers(host));
        OpenInjectionPoints();
        inside.Enter();
        WaitForAddresses();
        _interfaces.Add("lo", Own(new InjectionPoint("lo", new byte[6])));
        RunIp(["-4"], HostCommands.Routes(host, isV6: false));
        RunIp(["-6"], HostCommands.Routes(host, isV6: true));
        if (HostCommands.Sets(host) is { Length: > 0 } sets)
        {
            NetworkNamespace.Run("ipset", ["restore"], sets);
        }

        foreach (var socket in HostCommands.Items(host, "sockets"))
        {
            Own(new Listener(socket));
        }

        _control = Own(new NetlinkSocket());
        _source = Own<ITraceSource>(flavour == Flavour.Nft ? new NftTrace(_control, isV6) : new LegacyTrace(isV6));
        NamedObjects.Make(_control, isV6);
        _connections = new ConntrackTable(_control);
        _held = Own(new HeldPackets());
        NetworkNamespace.Run("nft", ["-f", "-"], ControlTable.Text(!isV6, false, [Sentinel], SentinelTag, _source.IsLog));
    }

    private byte Family => _isV6 ? ProtocolV6 : ProtocolV4;

    /// <summary>A packet of the other family, which no rule under test sees, sent after each probe.</summary>
    private ProbePacket Sentinel
    {
        get
        {
            var address = _isV6 ? IPAddress.Loopback : IPAddress.IPv6Loopback;
            return new ProbePacket
            {
                Protocol = ProbeProtocol.Udp,
                Source = address,
                Destination = address,
                SourcePort = 9,
                DestinationPort = 9,
                User = 0,
            };
        }
    }

    /// <summary>Loads a dump in place of the one before and sends packets, each as if it were the only one.</summary>
    /// <exception cref="IOException">The tool or the kernel refused the dump, or a packet has no route.</exception>
    public IReadOnlyList<ObservedTrace> Trace(string dump, IReadOnlyList<ProbePacket> probes)
    {
        NetlinkBatch.DeleteTables(_control, Family);
        _source.Load(dump);
        var tracksConnections = (bool?)_host["conntrack"] ?? true;
        NetworkNamespace.Run("nft", ["-f", "-"], ControlTable.Text(_isV6, tracksConnections, probes, FirstTag, _source.IsLog));
        if (probes.Any(probe => probe.IsWithoutSocket))
        {
            HeldPackets.AddRule(_control, Family, ControlTable.Name, ControlTable.HoldChain);
        }

        var assembler = new TraceAssembler(_host, dump);
        var zones = DumpRule.Zones(dump, probes.Select(probe => probe.Mark));
        var traces = new List<ObservedTrace>();
        for (var index = 0; index < probes.Count; index++)
        {
            _connections.Clear();
            _connections.Prepare(probes[index], zones);
            Send(probes[index], FirstTag + index);
            traces.Add(assembler.Assemble(probes[index], ReadEvents(FirstTag + index)));
        }

        return traces;
    }

    public void Dispose()
    {
        while (_resources.TryPop(out var resource))
        {
            resource.Dispose();
        }
    }

    private static void RunIp(string[] options, string batch)
    {
        if (batch.Length > 0)
        {
            NetworkNamespace.Run("ip", [.. options, "-batch", "-"], batch);
        }
    }

    private void SetParameters()
    {
        var forwards = (bool?)_host["forwarding"] == false ? 0 : 1;
        NetworkNamespace.SetParameter("ipv4/conf/all/rp_filter", 0);
        NetworkNamespace.SetParameter("ipv4/conf/default/rp_filter", 0);
        // An ICMP redirect belongs to the probe's connection, and on its way out may change that one's mark.
        NetworkNamespace.SetParameter("ipv4/conf/all/send_redirects", 0);
        NetworkNamespace.SetParameter("ipv4/conf/default/send_redirects", 0);
        NetworkNamespace.SetParameter("ipv4/ip_forward", forwards);
        NetworkNamespace.SetParameter("ipv6/conf/all/forwarding", forwards);
        NetworkNamespace.SetParameter("ipv6/conf/default/accept_dad", 0);
    }

    /// <summary>Waits until packets to the host's IPv6 addresses reach it.</summary>
    /// <remarks>
    /// The kernel makes their routes in a work queue, with or without duplicate address detection
    /// (net/ipv6/addrconf.c, addrconf_dad_start).
    /// </remarks>
    /// <exception cref="IOException">It took the kernel more than ten seconds.</exception>
    private void WaitForAddresses()
    {
        var wanted = HostCommands.AddressesV6(_host).Select(address => Convert.ToHexStringLower(address.GetAddressBytes()));
        var missing = wanted.Select(address => $"{address} 80 ").ToList();
        for (var waited = Stopwatch.StartNew(); missing.Count > 0; Thread.Sleep(1))
        {
            var routes = File.ReadAllLines("/proc/thread-self/net/ipv6_route").Where(route => route.Contains(LocalRouteFlag)).ToList();
            missing.RemoveAll(address => routes.Any(route => route.StartsWith(address, StringComparison.Ordinal)));
            if (waited.Elapsed.TotalSeconds > 10)
            {
                throw new IOException("the kernel does not finish the IPv6 addresses");
            }
        }
    }

    private void OpenInjectionPoints()
    {
        var index = 0;
        foreach (var entry in HostCommands.Interfaces(_host))
        {
            var mac = HostCommands.Mac(entry, index);
            _interfaces.Add((string)entry["name"]!, Own(new InjectionPoint($"p{index}", mac)));
            index++;
        }
    }

    private void Send(ProbePacket probe, int tag)
    {
        if (probe.In is { } name)
        {
            _interfaces[name].Send(probe, tag);
            return;
        }

        using (var socket = new ProbeSocket(probe))
        {
            socket.Send(probe, tag);
        }

        if (probe.IsWithoutSocket)
        {
            _held.Release();
        }
    }

    /// <summary>The events of one probe.</summary>
    /// <remarks>
    /// What a processor is handed it works off in order, so all of a probe's events are there when the sentinel's
    /// first one comes.
    /// </remarks>
    private List<TraceEvent> ReadEvents(int tag)
    {
        using (var socket = new ProbeSocket(Sentinel))
        {
            socket.Send(Sentinel, SentinelTag);
        }

        var found = new List<TraceEvent>();
        for (; ; )
        {
            foreach (var read in _source.Receive())
            {
                // Only the first event in a chain brings headers.
                if (read is { Tag: SentinelTag, NetworkHeader.IsEmpty: false, Chain: "PREROUTING" + ControlTable.BeforeSuffix })
                {
                    return found;
                }

                if (read.Tag == tag)
                {
                    found.Add(read);
                }
            }
        }
    }

    private T Own<T>(T resource)
        where T : IDisposable
    {
        _resources.Push(resource);
        return resource;
    }
}
