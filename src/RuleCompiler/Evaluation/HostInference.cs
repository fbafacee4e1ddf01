using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>A host that the rules could run on, where the user gives none; it hangs on the dump alone.</summary>
/// <remarks>
/// Interfaces are those that rules name, and one for each wildcard that fits none of them. One of them leads out: it
/// has a pod's addresses and the default routes. The others have networks of their own, as the rules tell it or else
/// made up. Addresses that can only be this host's are this host's. For TPROXY there is a transparent listener, and
/// the routing rule that delivers to it. Sets have no members told.
/// </remarks>
internal static class HostInference
{
    private const uint ProxyTable = 133;

    // Interfaces to containers, virtual machines and tunnels, which the way out does not lead by.
    private static readonly ImmutableArray<string> InnerPrefixes =
    [
        "docker", "br", "cni", "cali", "veth", "virbr", "vnet", "vif", "tap", "tun", "wg", "flannel", "vxlan", "lxc", "lxd",
        "cilium", "kube", "nodelocaldns", "dummy", "ifb", "podman", "weave", "tailscale", "zt", "gre", "ipip", "sit",
    ];

    /// <summary>A default host for a dump.</summary>
    public static HostFacts Infer(Compilation compilation)
    {
        var hints = HostHints.Of(compilation);
        var names = NamesOf(hints);
        var uplink = UplinkOf(hints, names);
        var interfaces = ImmutableArray.CreateBuilder<HostInterface>();
        interfaces.Add(HostInterface.Loopback);
        interfaces.Add(new HostInterface(
            uplink,
            [
                Prefix("10.244.1.7/24"), Prefix("fd00:244::7/64"),
                .. hints.OwnAddresses.Select(a => new AddressPrefix(a, IpAddress.WidthOf(a.Family))),
            ]));
        var others = names.Where(n => n != uplink && n != HostInterface.Loopback.Name).ToList();
        for (var index = 0; index < others.Count; index++)
        {
            interfaces.Add(new HostInterface(
                others[index], [AddressOf(hints, others[index], Family.IPv4, index), AddressOf(hints, others[index], Family.IPv6, index)]));
        }
        var host = new HostFacts
        {
            IsInferred = true,
            Interfaces = interfaces.DrainToImmutable(),
            Routes = [DefaultRoute("10.244.1.1", uplink), DefaultRoute("fd00:244::1", uplink)],
        };
        return hints.Proxies.Aggregate(host, WithProxy);
    }

    private static List<string> NamesOf(HostHints hints)
    {
        var names = hints.Interfaces.ToList();
        foreach (var prefix in hints.Prefixes)
        {
            // 'lo+' and the like are there already.
            var isThere = names.Append(HostInterface.Loopback.Name).Any(n => n.StartsWith(prefix, StringComparison.Ordinal));
            if (!isThere)
            {
                names.Add(prefix.Length < InterfaceName.MaxBytes ? $"{prefix}0" : prefix);
            }
        }
        return names;
    }

    /// <summary>The interface of translated connections; else the first by name that leads out; else <c>eth0</c>.</summary>
    private static string UplinkOf(HostHints hints, List<string> names) =>
        hints.TranslatedOut is { } translated && LeadsOut(translated)
            ? translated
            : names.Where(LeadsOut).Order(StringComparer.Ordinal).FirstOrDefault() ?? "eth0";

    private static bool LeadsOut(string name) =>
        name != HostInterface.Loopback.Name && !InnerPrefixes.Any(p => name.StartsWith(p, StringComparison.Ordinal));

    /// <summary>The first address of the network behind an interface.</summary>
    private static AddressPrefix AddressOf(HostHints hints, string name, Family family, int index)
    {
        var (high, low) = (30 + (index / 256), index % 256);
        var network = hints.NetworkOf(name, family) ?? Prefix(family == Family.IPv4
            ? string.Create(CultureInfo.InvariantCulture, $"172.{high}.{low}.0/24")
            : string.Create(CultureInfo.InvariantCulture, $"fd00:172:{high}:{low}::/64"));
        return network with { Address = network.Address with { Value = network.Network.Value + 1 } };
    }

    private static HostFacts WithProxy(HostFacts host, (Family Family, byte? Protocol, DecisionTables.Effect.ProxyTo Proxy) use)
    {
        var (family, protocol, proxy) = use;
        var mark = new MaskedNumber(proxy.MarkValue & proxy.MarkMask, proxy.MarkMask);
        // Port 0 stands for the packet's own; who listens there is not known.
        var socket = new HostSocket(protocol ?? IpProtocol.Tcp, new IpAddress(family, 0), proxy.Port, IsTransparent: true);
        var route = new HostRoute(family, null, null, HostInterface.Loopback.Name, IsLocal: true, ProxyTable);
        return host with
        {
            Sockets = proxy.Port == 0 || host.Sockets.Contains(socket) ? host.Sockets : host.Sockets.Add(socket),
            Rules = mark.Mask == 0 || host.Rules.Any(r => r.Mark == mark) ? host.Rules : host.Rules.Add(new HostRule(mark, ProxyTable)),
            Routes = host.Routes.Contains(route) ? host.Routes : host.Routes.Add(route),
        };
    }

    private static HostRoute DefaultRoute(string via, string interfaceName) =>
        IpAddress.TryParse(via, out var gateway)
            ? new HostRoute(gateway.Family, null, gateway, interfaceName)
            : throw new ArgumentException("not an address", nameof(via));

    private static AddressPrefix Prefix(string text) =>
        AddressPrefix.TryParse(text, out var prefix) ? prefix : throw new ArgumentException("not a network", nameof(text));
}
