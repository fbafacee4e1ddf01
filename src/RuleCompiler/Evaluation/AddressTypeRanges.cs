using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>Which addresses are of which types to a machine, so that what a rule asks of a type is asked of the address.</summary>
/// <remarks>Says of ranges what <see cref="Routing.TypeOf"/> says of one address.</remarks>
internal sealed class AddressTypeRanges
{
    private readonly Family _family;
    private readonly Routing _routing;
    private readonly string[] _links;
    private readonly UInt128[] _starts;

    /// <param name="host">The machine.</param>
    /// <param name="family">Of the addresses.</param>
    public AddressTypeRanges(HostFacts host, Family family)
    {
        _family = family;
        _routing = Routing.Of(host);
        _links = [.. host.Interfaces.Select(link => link.Name)];
        _starts = [.. StartsOf(host, family).Append(UInt128.Zero).Where(start => start <= Last).Distinct().Order()];
    }

    private UInt128 Last => _family == Family.IPv4 ? uint.MaxValue : UInt128.MaxValue;

    /// <summary>What a condition on an address's type asks of the address; null for a field that is no type.</summary>
    /// <param name="field">Source or destination, anywhere or on one of the packet's interfaces.</param>
    /// <param name="types">The types.</param>
    public Condition? ConditionOf(PacketField field, FieldSet types) => field switch
    {
        PacketField.SourceAddressType => Condition.Field(PacketField.Source, Of(types, null)),
        PacketField.DestinationAddressType => Condition.Field(PacketField.Destination, Of(types, null)),
        PacketField.SourceAddressTypeOnIn => On(PacketField.InInterface, PacketField.Source, types),
        PacketField.SourceAddressTypeOnOut => On(PacketField.OutInterface, PacketField.Source, types),
        PacketField.DestinationAddressTypeOnIn => On(PacketField.InInterface, PacketField.Destination, types),
        PacketField.DestinationAddressTypeOnOut => On(PacketField.OutInterface, PacketField.Destination, types),
        _ => null,
    };

    private Condition On(PacketField link, PacketField address, FieldSet types)
    {
        var named = _links.Select(InterfaceName.Pack).ToList();
        return Condition.AnyOf(
        [
            .. _links.Zip(named, (name, value) => Condition.AllOf([Condition.Field(link, FieldSet.Of(value)), Condition.Field(address, Of(types, name))])),
            Condition.AllOf(
            [
                Condition.Not(Condition.Field(link, FieldSet.Union(named.Select(value => new Interval(value, value))))),
                Condition.Field(address, Of(types, "/")), // the name of no interface
            ]),
        ]);
    }

    /// <summary>The addresses of some types.</summary>
    /// <param name="types">The types.</param>
    /// <param name="link">Where only this interface's addresses count as local; null: any.</param>
    public FieldSet Of(FieldSet types, string? link) => FieldSet.Union(_starts
        .Select((start, index) => new Interval(start, index + 1 < _starts.Length ? _starts[index + 1] - 1 : Last))
        .Where(range => types.Contains((UInt128)(int)_routing.TypeOf(new IpAddress(_family, range.Low), link))));

    /// <summary>Where types may begin and end: at the bounds of every network known, and at each address that has a meaning in it.</summary>
    private static IEnumerable<UInt128> StartsOf(HostFacts host, Family family)
    {
        var networks = host.Interfaces.SelectMany(link => link.Addresses)
            .Concat(host.Routes.Select(route => route.Destination).OfType<AddressPrefix>())
            .Where(prefix => prefix.Address.Family == family);
        foreach (var network in networks)
        {
            var (low, high) = network.Addresses;
            foreach (var address in (UInt128[])[low, high, network.Address.Value])
            {
                yield return address;
                yield return address + 1;
            }
        }
        foreach (var address in family == Family.IPv4 ? (UInt128[])[1, 0xE0000000, 0xF0000000, uint.MaxValue] : [1, 2, (UInt128)0xFF00 << 112])
        {
            yield return address;
        }
    }
}
