using System.Runtime.CompilerServices;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>The host's routing, as far as its facts tell it; immutable, safe to share between threads.</summary>
/// <remarks>
/// The local table is asked first, then the tables of the policy rules whose mark fits, then the main one.
/// Sources: net/ipv4/fib_frontend.c, <c>fib_add_ifaddr</c> (what an address brings); net/ipv6/addrconf.c,
/// <c>addrconf_prefix_route</c>; net/ipv4/route.c, <c>ip_route_input_slow</c> (martians). Sysctls are as the host
/// facts have them: no rp_filter, no route_localnet, no accept_local.
/// </remarks>
internal sealed class Routing
{
    private const string Loopback = "lo";
    private const uint LocalTable = 255;
    private const uint MainTable = 254;
    private const int InterfaceScope = 1;
    private static readonly IpAddress LoopbackV6 = new(Family.IPv6, 1);

    private static readonly ConditionalWeakTable<HostFacts, Routing> Known = [];

    private readonly HostFacts _facts;
    private readonly HashSet<IpAddress> _own;
    private readonly Dictionary<string, HostInterface> _interfaces = new(StringComparer.Ordinal);
    private readonly JoinedGroups _groupsV4;
    private readonly JoinedGroups _groupsV6;
    private readonly PrefixMap<RouteEntry> _local;
    private readonly PrefixMap<RouteEntry> _main;
    private readonly Dictionary<uint, PrefixMap<RouteEntry>> _tables;

    private Routing(HostFacts facts)
    {
        _facts = facts;
        LooksUpSources = !facts.Rules.IsEmpty || facts.Routes.Any(r => r.IsLocal);
        _own = [.. facts.Interfaces.SelectMany(i => i.Addresses).Select(a => a.Address)];
        (_groupsV4, _groupsV6) = (new JoinedGroups(facts, Family.IPv4), new JoinedGroups(facts, Family.IPv6));
        foreach (var link in facts.Interfaces)
        {
            _interfaces.TryAdd(link.Name, link);
        }
        var given = facts.Routes.SelectMany(Given).ToLookup(r => r.Table, r => r.Route);
        _local = TableOf(facts.Interfaces.SelectMany(AddressRoutes).Concat(given[LocalTable]));
        _tables = given.Select(t => t.Key).Append(MainTable).Distinct().Where(t => t != LocalTable).ToDictionary(
            t => t,
            t => TableOf(t == MainTable ? facts.Interfaces.SelectMany(ConnectedRoutes).Concat(given[t]) : given[t]));
        _main = _tables[MainTable];
    }

    /// <summary>The routing of a host: of one with thousands of addresses it takes time to build, so it is kept as long as the host is.</summary>
    public static Routing Of(HostFacts facts) => Known.GetValue(facts, static facts => new Routing(facts));

    /// <summary>Whether packets are passed on at all.</summary>
    public bool IsForwarding => _facts.Forwarding;

    /// <summary>Whether the source of what arrives must be unicast by the local table; else it only must not be an address of this host.</summary>
    public bool LooksUpSources { get; }

    /// <summary>Where a packet goes.</summary>
    /// <param name="destination">Its destination now.</param>
    /// <param name="mark">Its mark now.</param>
    /// <param name="outInterface">
    /// An interface forced from outside (<c>out IFACE</c>), taken literally: <c>lo</c> is local delivery, another is not.
    /// </param>
    public Route Find(IpAddress destination, uint mark, string? outInterface = null)
    {
        if (outInterface == Loopback)
        {
            return new Route(RouteKind.Local, Loopback, destination);
        }
        if (outInterface is not null)
        {
            var via = Lookup(destination, mark, outInterface)?.Via;
            return new Route(RouteKind.Remote, outInterface, via ?? destination);
        }
        if (Best(_local, destination) is { Type: AddressType.Local or AddressType.Anycast })
        {
            return new Route(RouteKind.Local, Loopback, destination);
        }
        if (destination.Family == Family.IPv6 && IsMulticast(destination))
        {
            // ff00::/8 is in the local table, once for each interface.
            var link = _facts.Interfaces.FirstOrDefault(i => i.Name != Loopback && HasFamily(i, Family.IPv6));
            return link is null ? Route.None : new Route(RouteKind.Remote, link.Name, destination);
        }
        return Lookup(destination, mark, null) switch
        {
            { Type: AddressType.Local } => new Route(RouteKind.Local, Loopback, destination),
            { Type: AddressType.Unicast } route when InterfaceOf(route) is { } name => new Route(RouteKind.Remote, name, route.Via ?? destination),
            _ => Route.None,
        };
    }

    /// <summary>Whether a policy rule, where it finds a packet's mark, has a route for it: if not, the mark says nothing there.</summary>
    /// <param name="rule">One of the host's rules.</param>
    /// <param name="destination">The packet's destination.</param>
    /// <param name="outInterface">An interface forced from outside.</param>
    public bool IsDecisive(HostRule rule, IpAddress destination, string? outInterface) =>
        Best(rule, destination, outInterface) is not null
        && Best(_local, destination) is not { Type: AddressType.Local or AddressType.Anycast }
        && (destination.Family == Family.IPv4 || !IsMulticast(destination));

    /// <summary>Where an arriving packet goes.</summary>
    /// <remarks>
    /// To ::1 IPv6 takes only routes by the interface it came in by, be it the default one (net/ipv6/route.c,
    /// <c>ip6_route_input_lookup</c>).
    /// </remarks>
    /// <param name="destination">Its destination now.</param>
    /// <param name="mark">Its mark now.</param>
    /// <param name="inInterface">The interface it came in by.</param>
    /// <param name="outInterface">An interface forced from outside.</param>
    public Route FindArriving(IpAddress destination, uint mark, string inInterface, string? outInterface)
    {
        if (destination != LoopbackV6 || inInterface == Loopback || outInterface is not null)
        {
            return Find(destination, mark, outInterface);
        }
        return Lookup(destination, mark, inInterface) is { Type: AddressType.Unicast } route
            ? new Route(RouteKind.Remote, inInterface, route.Via ?? destination)
            : Route.None;
    }

    /// <summary>Whether the host takes what arrives for a multicast group by an interface.</summary>
    public bool IsJoined(IpAddress group, string inInterface) =>
        (group.Family == Family.IPv4 ? _groupsV4 : _groupsV6).Contain(group.Value, inInterface);

    /// <summary>Whether routing loses an arriving packet for its addresses alone.</summary>
    /// <remarks>
    /// IPv4: from or to 127.0.0.0/8, from an address of this host, a broadcast or multicast one. IPv6:
    /// from or to ::1 by a real interface, to a group within an interface by a real one, to one of no scope, or from a
    /// multicast address; it looks before netfilter does
    /// (net/ipv6/ip6_input.c, <c>ip6_rcv_core</c>), so at the addresses that the packet came with.
    /// </remarks>
    public bool IsMartian(IpAddress source, IpAddress destination, string inInterface)
    {
        if (source.Family == Family.IPv6)
        {
            var isOnLink = inInterface != Loopback;
            var scope = IsMulticast(destination) ? (int)(destination.Value >> 112 & 15) : -1;
            return (isOnLink && (source == LoopbackV6 || destination == LoopbackV6 || scope == InterfaceScope)) || scope == 0 || IsMulticast(source);
        }
        if (inInterface == Loopback)
        {
            return false; // what comes in by lo went out by it, and brings its route along
        }
        var isFromNowhere = source.Value == 0 && destination.Value != uint.MaxValue;
        return IsLoopbackNet(source) || IsLoopbackNet(destination) || destination.Value == 0 || isFromNowhere
            || source.Value == uint.MaxValue || IsMulticast(source) || (source.Value != 0 && IsRefusedSource(source));
    }

    /// <remarks>
    /// net/ipv4/fib_frontend.c, <c>__fib_validate_source</c>: with no more than the usual rules and local routes only the
    /// host's own addresses are refused; else the source is looked up, and must be unicast.
    /// </remarks>
    private bool IsRefusedSource(IpAddress source) =>
        LooksUpSources ? TypeOf(source) != AddressType.Unicast : _own.Contains(source);

    /// <summary>The types of an address: one for IPv4; for IPv6 a local address is unicast too.</summary>
    /// <remarks>
    /// Sources: net/ipv4/fib_frontend.c, <c>inet_addr_type_dev_table</c> (the local table alone is asked, so a
    /// blackhole route's addresses are unicast); net/netfilter/xt_addrtype.c, <c>match_type6</c>.
    /// </remarks>
    /// <param name="address">The address.</param>
    /// <param name="onInterface">Where only this interface's addresses count as local; null: any.</param>
    public AddressType TypeOf(IpAddress address, string? onInterface = null)
    {
        if (address.Family == Family.IPv6)
        {
            return TypeOfV6(address, onInterface);
        }
        if (address.Value == 0 || address.Value == uint.MaxValue)
        {
            return AddressType.Broadcast;
        }
        if (IsMulticast(address))
        {
            return AddressType.Multicast;
        }
        return Best(_local, address, onInterface) is { } route ? route.Type : AddressType.Unicast;
    }

    /// <summary>The address that an interface speaks with: what REDIRECT (PREROUTING), TPROXY and MASQUERADE use.</summary>
    /// <remarks>
    /// Sources: net/netfilter/nf_nat_redirect.c; net/ipv4/devinet.c, <c>inet_select_addr</c>;
    /// net/netfilter/nf_tproxy_core.c.
    /// </remarks>
    /// <param name="interfaceName">The interface.</param>
    /// <param name="family">Which kind of address.</param>
    /// <param name="towards">
    /// IPv4: the next hop, whose network is preferred. IPv6: the old destination, whose scope it must have unless that
    /// is global; of inferred facts, which name no link-local addresses, the first does. Null: the first address.
    /// </param>
    /// <returns>Null where it has none.</returns>
    public IpAddress? PrimaryAddress(string interfaceName, Family family, IpAddress? towards = null)
    {
        if (LinkOf(interfaceName) is not { } link)
        {
            return null;
        }
        if (towards is { } target)
        {
            return AddressTowards(link, target) ?? (_facts.IsInferred ? PrimaryAddress(interfaceName, family) : null);
        }
        foreach (var first in link.Addresses)
        {
            if (first.Address.Family == family)
            {
                return first.Address;
            }
        }
        return null;
    }

    /// <summary>Inferred facts leave out much: an interface that they do not name has the addresses of the first that they do.</summary>
    private HostInterface? LinkOf(string name) => _interfaces.TryGetValue(name, out var link) || !_facts.IsInferred
        ? link : _facts.Interfaces.FirstOrDefault(known => known.Name != Loopback);

    private static IpAddress? AddressTowards(HostInterface link, IpAddress target)
    {
        var own = link.Addresses.Where(a => a.Address.Family == target.Family);
        own = target.Family == Family.IPv4
            ? own.OrderBy(a => a.Contains(target) ? 0 : 1)
            : own.Where(a => ScopeOf(target) == 0 || ScopeOf(a.Address) == ScopeOf(target));
        return own.Select(a => (IpAddress?)a.Address).FirstOrDefault();
    }

    /// <summary>The source that MASQUERADE gives a packet; null where the interface has none to give.</summary>
    /// <remarks>
    /// IPv4: <c>inet_select_addr</c> towards the next hop, of another interface where this one has no address of global
    /// scope, as <c>lo</c> with 127.0.0.1. IPv6: of the interface's addresses, or of all where it is <c>lo</c>, the
    /// destination itself, else one that reaches as far as it, then the one with the longest common prefix
    /// (net/ipv6/addrconf.c, <c>ipv6_dev_get_saddr</c>; RFC 6724, section 5, rules 1, 2 and 8).
    /// </remarks>
    public IpAddress? MasqueradeAddress(string outInterface, IpAddress destination, uint mark)
    {
        if (destination.Family == Family.IPv4)
        {
            var own = PrimaryAddress(outInterface, Family.IPv4, Find(destination, mark, outInterface).NextHop);
            return own is { } found && !IsLoopbackNet(found)
                ? found
                : _facts.Interfaces.Where(i => i.Name != Loopback)
                    .Select(i => PrimaryAddress(i.Name, Family.IPv4)).FirstOrDefault(a => a is not null);
        }
        return (outInterface == Loopback ? _facts.Interfaces : LinkOf(outInterface) is { } link ? [link] : [])
            .SelectMany(i => i.Addresses).Where(a => a.Address.Family == Family.IPv6)
            .OrderBy(a => a.Address == destination ? 0 : 1)
            .ThenBy(a => ScopeOf(a.Address) == ScopeOf(destination) ? 0 : 1)
            .ThenByDescending(a => Math.Min(a.Length, CommonBits(a.Address, destination)))
            .Select(a => (IpAddress?)a.Address).FirstOrDefault();
    }

    private AddressType TypeOfV6(IpAddress address, string? onInterface)
    {
        if (address.Value == 0)
        {
            return AddressType.Unspecified;
        }
        if (IsMulticast(address))
        {
            return AddressType.Multicast;
        }
        var type = AddressType.Unicast;
        if (Best(_local, address, onInterface) is { } route)
        {
            type |= route.Type;
        }
        else if (Best(_local, address) is null && Lookup(address, 0, null)?.Type != AddressType.Unicast)
        {
            type |= AddressType.Unreachable;
        }
        return type;
    }

    /// <summary>The best route beside the local table's.</summary>
    private RouteEntry? Lookup(IpAddress destination, uint mark, string? interfaceName)
    {
        foreach (var rule in _facts.Rules)
        {
            if ((mark & rule.Mark.Mask) == rule.Mark.Value && Best(rule, destination, interfaceName) is { } found)
            {
                return found;
            }
        }
        return Best(_main, destination, interfaceName);
    }

    /// <summary>The route that a policy rule leads to; null where its table has none, so that the next rule is asked.</summary>
    private RouteEntry? Best(HostRule rule, IpAddress destination, string? interfaceName) =>
        _tables.TryGetValue(rule.Table, out var table)
        && Best(table, destination, interfaceName) is { Type: not AddressType.Throw } found ? found : null;

    private static PrefixMap<RouteEntry> TableOf(IEnumerable<RouteEntry> routes) => new(routes.Select(r => (r.Prefix, r)));

    /// <summary>The route with the longest prefix; of equal ones the first given.</summary>
    private static RouteEntry? Best(PrefixMap<RouteEntry> table, IpAddress destination, string? interfaceName = null)
    {
        for (var network = table.FindInnermost(destination); network is not null; network = network.Around)
        {
            foreach (var route in network.Values)
            {
                if (interfaceName is null || route.Interface == interfaceName)
                {
                    return route;
                }
            }
        }
        return null;
    }

    private string? InterfaceOf(RouteEntry route) =>
        route.Interface ?? (route.Via is { } gateway ? Best(_main, gateway)?.Interface : null);

    /// <summary>What an interface's addresses put into the local table.</summary>
    private IEnumerable<RouteEntry> AddressRoutes(HostInterface link)
    {
        foreach (var own in link.Addresses)
        {
            var family = own.Address.Family;
            var width = IpAddress.WidthOf(family);
            yield return new RouteEntry(own with { Length = width }, AddressType.Local, link.Name, null);
            if (family == Family.IPv4 && link.Name == Loopback)
            {
                yield return new RouteEntry(own, AddressType.Local, link.Name, null);
            }
            if (family == Family.IPv4 && own.Length < 31)
            {
                var last = own.Address with { Value = own.Addresses.High };
                yield return new RouteEntry(new AddressPrefix(last, width), AddressType.Broadcast, link.Name, null);
            }
            if (family == Family.IPv6 && own.Length < 127 && link.Name != Loopback && _facts.Forwarding)
            {
                var router = own.Network; // RFC 4291, 2.6.1
                yield return new RouteEntry(new AddressPrefix(router, width), AddressType.Anycast, link.Name, null);
            }
        }
    }

    private static IEnumerable<RouteEntry> ConnectedRoutes(HostInterface link) => link.Name == Loopback
        ? []
        : link.Addresses.Select(a => new RouteEntry(a, AddressType.Unicast, link.Name, null));

    private static IEnumerable<(uint Table, RouteEntry Route)> Given(HostRoute route)
    {
        var type = route.IsLocal ? AddressType.Local : route.RejectType switch
        {
            null => AddressType.Unicast,
            "blackhole" => AddressType.Blackhole,
            "prohibit" => AddressType.Prohibit,
            "throw" => AddressType.Throw,
            _ => AddressType.Unreachable,
        };
        var table = route.Table ?? (route.IsLocal ? LocalTable : MainTable);
        foreach (var family in Enum.GetValues<Family>())
        {
            var isOf = route.Destination is { } network ? network.Address.Family == family : (route.Family ?? family) == family;
            if (isOf)
            {
                var prefix = route.Destination ?? new AddressPrefix(new IpAddress(family, 0), 0);
                yield return (table, new RouteEntry(prefix, type, route.Interface, route.Via));
            }
        }
    }

    private static bool HasFamily(HostInterface link, Family family) => link.Addresses.Any(a => a.Address.Family == family);

    private static bool IsLoopbackNet(IpAddress v4) => v4.Value >> 24 == 127;

    private static bool IsMulticast(IpAddress address) => address.Family == Family.IPv4 ? address.Value >> 28 == 14 : address.Value >> 120 == 0xFF;

    /// <summary>0 for global, else the scope (RFC 4291): 1 loopback, 2 link-local, 5 site-local.</summary>
    private static int ScopeOf(IpAddress v6) =>
        IsMulticast(v6) ? (int)(v6.Value >> 112 & 15) is var scope and < 14 ? scope : 0
        : v6 == LoopbackV6 ? 1
        : v6.Value >> 118 == 0x3FA ? 2
        : v6.Value >> 118 == 0x3FB ? 5
        : 0;

    private static int CommonBits(IpAddress a, IpAddress b) => (int)UInt128.LeadingZeroCount(a.Value ^ b.Value);
}
