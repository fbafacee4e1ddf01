using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>The machine's address that MASQUERADE gives cells, or REDIRECT those that arrive, by the interface that they pass.</summary>
/// <remarks>
/// What <see cref="Routing"/> says of a packet, said of cells, which are cut where interfaces have other addresses. An interface
/// with several addresses, of which the destination chooses one, leaves it open, and so does a layout that was made without
/// <see cref="ConditionsOf"/>.
/// </remarks>
/// <param name="layout">The dimensions.</param>
/// <param name="splitter">Cuts cells.</param>
/// <param name="host">The machine.</param>
internal sealed class OwnAddresses(SpaceLayout layout, CellSplitter splitter, HostFacts host)
{
    /// <summary>Stands for interfaces that the facts do not name; a name has no slash.</summary>
    private const string OtherInterface = "/";

    /// <summary>Scopes of IPv6 beside the global one, with an address of each: loopback, link-local, site-local; multicast has all.</summary>
    private static readonly ImmutableArray<(FieldSet Destinations, IpAddress? Like)> Scopes =
    [
        (FieldSet.Of(1), V6(1)), (FieldSet.Range(High(0xFE80), High(0xFEC0) - 1), V6(High(0xFE80))),
        (FieldSet.Range(High(0xFEC0), High(0xFF00) - 1), V6(High(0xFEC0))), (FieldSet.Range(High(0xFF00), UInt128.MaxValue), null),
    ];

    private readonly Routing _routing = Routing.Of(host);

    /// <summary>IPv4 addresses that are not the first of their interface: packets to them get another one.</summary>
    private readonly ImmutableArray<(FieldSet Destinations, IpAddress? Like)> _seconds =
        [.. SecondAddresses(host).Select(own => own.Own.Address).Distinct().Select(own => (FieldSet.Of(own.Value), (IpAddress?)own))];

    private readonly bool _isTold = IsTold(layout, host);

    /// <summary>What a layout has to tell apart for addresses to be told; nothing where no rule asks for one.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="rules">The rules.</param>
    public static IEnumerable<Condition> ConditionsOf(HostFacts host, CompiledRuleset rules)
    {
        var kinds = rules.Actions.Select(action => action.Kind).Where(kind => kind is ActionKind.Masquerade or ActionKind.Redirect or ActionKind.Tproxy).ToHashSet();
        foreach (var link in kinds.Count == 0 ? [] : host.Interfaces)
        {
            yield return Condition.Field(PacketField.InInterface, FieldSet.Of(InterfaceName.Pack(link.Name)));
            yield return Condition.Field(PacketField.OutInterface, FieldSet.Of(InterfaceName.Pack(link.Name)));
            foreach (var own in AddressesOf(link, rules.Family))
            {
                yield return Condition.Field(PacketField.Source, FieldSet.Of(own.Value));
                yield return Condition.Field(PacketField.Destination, FieldSet.Of(own.Value));
            }
        }
        foreach (var (scope, _) in rules.Family == Family.IPv6 && kinds.Contains(ActionKind.Redirect) ? Scopes : [])
        {
            yield return Condition.Field(PacketField.Destination, scope);
        }
    }

    /// <summary>The new source of packets that MASQUERADE takes.</summary>
    /// <param name="cell">The packets; it is taken over.</param>
    /// <param name="destination">What their destination has become.</param>
    /// <returns>Parts of the cell; the address is null where the interface has none to give.</returns>
    public List<(Cell Part, Change? Address)> OfMasquerade(Cell cell, Change? destination)
    {
        return layout.Family == Family.IPv4 ? ByDestination(cell, destination, _seconds, new IpAddress(Family.IPv4, 0), Tell) : Tell(cell, V6(0));

        List<(Cell Part, Change? Address)> Tell(Cell part, IpAddress towards) => ByInterface(
            part,
            layout[PacketField.OutInterface],
            destination,
            name => IsOpen(name) ? (Change)Open(destination) : Told(_routing.MasqueradeAddress(name, towards, mark: 0), layout[PacketField.Source]));
    }

    /// <summary>The new destination of arriving packets that REDIRECT takes.</summary>
    /// <param name="cell">The packets; it is taken over.</param>
    /// <param name="destination">What their destination has become.</param>
    /// <returns>Parts of the cell; the address is null where the interface has none to give.</returns>
    public List<(Cell Part, Change? Address)> OfRedirect(Cell cell, Change? destination)
    {
        return layout.Family == Family.IPv4
            ? ByInput(cell, destination, null)
            : ByDestination(cell, destination, Scopes, V6(High(0x2000)), (part, like) => ByInput(part, destination, like));
    }

    /// <summary>The first address of the interface that packets came by, as TPROXY asks for it.</summary>
    /// <param name="cell">The packets; it is taken over.</param>
    /// <returns>Parts of the cell; the address is null where the interface has none.</returns>
    public List<(Cell Part, Change? Address)> OfInput(Cell cell) => ByInput(cell, null, null);

    private List<(Cell Part, Change? Address)> ByInput(Cell cell, Change? destination, IpAddress? like) => ByInterface(
        cell,
        layout[PacketField.InInterface],
        destination,
        name => Told(_routing.PrimaryAddress(name, layout.Family, like), layout[PacketField.Destination]));

    /// <summary>Cuts off the packets with destinations of which each is like one address; null for those that leave all open.</summary>
    private List<(Cell Part, Change? Address)> ByDestination(
        Cell cell,
        Change? destination,
        ImmutableArray<(FieldSet Destinations, IpAddress? Like)> sets,
        IpAddress others,
        Func<Cell, IpAddress, List<(Cell Part, Change? Address)>> tell)
    {
        if (!_isTold || (!sets.IsEmpty && destination is not (null or Change.Constant)))
        {
            return [(cell, Open(destination))];
        }
        var result = new List<(Cell, Change?)>();
        List<Cell> rest = [cell];
        foreach (var (set, like) in sets)
        {
            rest = splitter.CutOff(rest, [TestOf(set)], part => result.AddRange(like is { } address ? tell(part, address) : [(part, Open(destination))]));
        }
        return [.. result, .. rest.SelectMany(part => tell(part, others))];
    }

    /// <summary>Cuts off the packets of each interface that has another address than those which the facts do not name.</summary>
    private List<(Cell Part, Change? Address)> ByInterface(Cell cell, Dimension link, Change? destination, Func<string, Change?> addressOf)
    {
        if (!_isTold || cell.Changes?[link.Index] is not (null or Change.Constant))
        {
            return [(cell, Open(destination))];
        }
        var result = new List<(Cell, Change?)>();
        List<Cell> rest = [cell];
        var other = addressOf(OtherInterface);
        foreach (var name in host.Interfaces.Select(known => known.Name))
        {
            if (addressOf(name) is var own && own != other)
            {
                var only = new SpaceTest(link.Index, link.CodeOf(link.ClassOf(InterfaceName.Pack(name))));
                rest = splitter.CutOff(rest, [only], piece => result.Add((piece, own)));
            }
        }
        return [.. result, .. rest.Select(piece => (piece, other))];
    }

    /// <summary>Whether MASQUERADE picks one of several addresses; in IPv4 those without a network are picked for themselves alone.</summary>
    private bool IsOpen(string name) => layout.Family == Family.IPv4
        ? SecondAddresses(host).Any(own => own.Link == name && own.Own.Length < IpAddress.WidthOf(Family.IPv4))
        : host.Interfaces.Where(link => link.Name == name || name == HostInterface.Loopback.Name)
            .SelectMany(link => AddressesOf(link, Family.IPv6)).Skip(1).Any();

    private SpaceTest TestOf(FieldSet destinations)
    {
        var codes = new List<ulong>();
        layout[PacketField.Destination].AddCodes(destinations, codes);
        return new SpaceTest(layout[PacketField.Destination].Index, codes.Single());
    }

    private static Change.Constant? Told(IpAddress? address, Dimension field) =>
        address is { } own ? new Change.Constant(field.ClassOf(own.Value)) : null;

    /// <summary>Equal for equal machines, where the destination is the same.</summary>
    private Change.Unknown Open(Change? destination) => new(
        $"one of {string.Join(' ', host.Interfaces.SelectMany(link => AddressesOf(link, layout.Family).Select(own => $"{link.Name} {own}")))} for {destination}");

    private static IEnumerable<IpAddress> AddressesOf(HostInterface link, Family family) =>
        link.Addresses.Select(prefix => prefix.Address).Where(address => address.Family == family);

    private static IEnumerable<(string Link, AddressPrefix Own)> SecondAddresses(HostFacts host) => host.Interfaces.SelectMany(
        link => link.Addresses.Where(own => own.Address.Family == Family.IPv4).Skip(1).Select(own => (link.Name, own)));

    private static bool IsTold(SpaceLayout layout, HostFacts host) => host.Interfaces.All(link =>
        IsSingle(layout, PacketField.InInterface, InterfaceName.Pack(link.Name)) && IsSingle(layout, PacketField.OutInterface, InterfaceName.Pack(link.Name))
        && AddressesOf(link, layout.Family).All(own => IsSingle(layout, PacketField.Source, own.Value) && IsSingle(layout, PacketField.Destination, own.Value)));

    private static bool IsSingle(SpaceLayout layout, PacketField field, UInt128 value) => layout[field].IsSingle(layout[field].ClassOf(value));

    private static IpAddress V6(UInt128 value) => new(Family.IPv6, value);

    private static UInt128 High(ushort bits) => (UInt128)bits << 112;
}
