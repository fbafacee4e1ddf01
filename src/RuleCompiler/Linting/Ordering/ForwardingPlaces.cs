using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Ordering;

/// <summary>By which interfaces packets come in, and where they go then: the host's own addresses, or on by each other interface.</summary>
internal sealed class ForwardingPlaces
{
    /// <summary>Addresses of this host that are looked at, those of its interfaces first: inferred hosts can have one for each rule.</summary>
    private const int MostAddresses = 256;

    private static readonly string[] OtherNames = ["eth1", "eth0"];

    private readonly LintContext _context;
    private readonly ImmutableArray<string> _devices;
    private readonly FieldSet _own;

    public ForwardingPlaces(LintContext context)
    {
        _context = context;
        _devices = [.. context.Packets.Host.Devices.Select(device => device.Name)];
        _own = FieldSet.Union(context.Packets.Host.Devices.Select(device => device.Address)
            .Concat(context.Host.Interfaces.SelectMany(device => device.Addresses).Where(prefix => prefix.Address.Family == context.Family).Select(prefix => prefix.Address))
            .Where(context.Packets.Host.IsUnicast).Take(MostAddresses).Select(address => new Interval(address.Value, address.Value)));
        All =
        [
            Condition.AllOf(Is(PacketField.InInterface, _devices), Is(PacketField.OutInterface, ""), Condition.Field(PacketField.Destination, _own)),
            .. _devices.Select(Onward),
        ];
    }

    /// <summary>Disjoint conditions, one for packets to this host and one for those that come in by each interface and are passed on.</summary>
    public ImmutableArray<Condition> All { get; }

    /// <summary>The addresses that one host can have, loopback among them.</summary>
    public static Interval UnicastOf(Family family) => family == Family.IPv4
        ? new Interval(0x01000000, 0xDFFFFFFF) : new Interval(2, ((UInt128)0xFE << 120) - 1);

    /// <summary>What comes in by an interface and leaves by others; where routes are known, to where these lead.</summary>
    private Condition Onward(string device)
    {
        var others = _devices.Length > 1 ? _devices.Remove(device) : [OtherNames.First(name => name != device)];
        var known = _context.Routes.Known.Where(route => others.Contains(route.Interface)).GroupBy(route => route.Interface).ToList();
        return Condition.AllOf(
            Is(PacketField.InInterface, device),
            known.Count > 0
                ? Condition.AnyOf([.. known.Select(way => Condition.AllOf(Is(PacketField.OutInterface, way.Key), Condition.Field(PacketField.Destination, Foreign(way.Select(route => route.Destinations)))))])
                : Condition.AllOf(Is(PacketField.OutInterface, others), Condition.Field(PacketField.Destination, Foreign([UnicastOf(_context.Family)]))));
    }

    /// <summary>The addresses among some that are another host's.</summary>
    private FieldSet Foreign(IEnumerable<Interval> destinations) =>
        FieldSet.Union(destinations).Except(FieldSet.Union(_own.Ranges.Append(HostJourneys.LoopbackNetwork(_context.Family))));

    private static Condition Is(PacketField field, params ImmutableArray<string> names) =>
        Condition.Field(field, FieldSet.Union(names.Select(name => new Interval(InterfaceName.Pack(name), InterfaceName.Pack(name)))));
}
