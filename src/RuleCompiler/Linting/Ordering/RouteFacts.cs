using System.Collections.Immutable;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Ordering;

/// <summary>By which interface a host's own packets leave, as far as that is certain.</summary>
/// <remarks>
/// Loopback addresses leave by <c>lo</c> on every host. More is known only of a host that is given, and whose routes do not
/// hang on marks. Multicast and addresses without a route are left open: programs can choose an interface for these.
/// </remarks>
internal sealed class RouteFacts
{
    private const int MostRoutes = 256;

    public RouteFacts(LintContext context)
    {
        var host = context.Host;
        var isTold = context.IsHostGiven && host.Rules.IsEmpty && host.Routes.All(route => route.Table is null);
        var prefixes = isTold ? Prefixes(host, context.Family) : [];
        Known = prefixes.Count is > 0 and <= MostRoutes
            ? [.. Divide(prefixes, Routing.Of(host), context.Family)]
            : [(HostJourneys.LoopbackNetwork(context.Family), HostInterface.Loopback.Name)];
    }

    /// <summary>Disjoint ranges of destinations, in order, and the interface of each.</summary>
    public ImmutableArray<(Interval Destinations, string Interface)> Known { get; }

    /// <summary>Whether it is known by which interface packets to an address leave.</summary>
    public bool Knows(UInt128 destination) => Known.Any(known => known.Destinations.Low <= destination && destination <= known.Destinations.High);

    /// <summary>Whether none of some packets can be: each leaves by another interface than its destination is reached by.</summary>
    /// <param name="destinations">Their destinations.</param>
    /// <param name="interfaces">The interfaces by which they leave.</param>
    public bool Excludes(IReadOnlyList<FieldSet> destinations, IReadOnlyList<FieldSet> interfaces) =>
        destinations.SelectMany(set => set.Ranges).All(range => IsExcluded(range, interfaces));

    private bool IsExcluded(Interval range, IReadOnlyList<FieldSet> interfaces)
    {
        var next = range.Low;
        foreach (var (known, name) in Known)
        {
            if (known.High < next || known.Low > range.High)
            {
                continue;
            }
            if (known.Low > next || interfaces.Any(set => set.Contains(InterfaceName.Pack(name))))
            {
                return false;
            }
            if (known.High >= range.High)
            {
                return true;
            }
            next = known.High + 1;
        }
        return false;
    }

    private static List<AddressPrefix> Prefixes(HostFacts host, Family family) =>
    [
        .. host.Interfaces.SelectMany(device => device.Addresses)
            .SelectMany(prefix => new[] { prefix, new AddressPrefix(prefix.Address, IpAddress.WidthOf(prefix.Address.Family)) })
            .Concat(host.Routes.Select(route => route.Destination).OfType<AddressPrefix>())
            .Where(prefix => prefix.Address.Family == family),
    ];

    /// <summary>The ranges that no route cuts, each by its way; neighbours of one way are one range.</summary>
    private static List<(Interval Destinations, string Interface)> Divide(List<AddressPrefix> prefixes, Routing routing, Family family)
    {
        var max = family == Family.IPv4 ? uint.MaxValue : UInt128.MaxValue;
        var multicast = family == Family.IPv4 ? 0xE0000000u : UInt128.MaxValue << 120;
        var starts = new SortedSet<UInt128> { 0 };
        foreach (var prefix in prefixes)
        {
            var low = prefix.Network.Value;
            var hosts = IpAddress.WidthOf(family) - prefix.Length;
            var high = hosts >= 128 ? max : low + ((UInt128.One << hosts) - 1);
            starts.Add(low);
            if (high < max)
            {
                starts.Add(high + 1);
            }
        }
        starts.Add(multicast);
        var all = starts.ToList();
        var known = new List<(Interval Destinations, string Interface)>();
        for (var i = 0; i < all.Count && all[i] < multicast; i++)
        {
            var range = new Interval(all[i], all[i + 1] - 1);
            if (routing.Find(new IpAddress(family, range.Low), 0).Interface is not { } name)
            {
                continue;
            }
            if (known.Count > 0 && known[^1] is var last && last.Interface == name && last.Destinations.High + 1 == range.Low)
            {
                known[^1] = (new Interval(last.Destinations.Low, range.High), name);
                continue;
            }
            known.Add((range, name));
        }
        return known;
    }
}
