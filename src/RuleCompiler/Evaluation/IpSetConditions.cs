using System.Collections.Immutable;
using System.Text;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>Says of an ipset's members, for all packets at once, what <see cref="IpSet.Contains"/> says of one.</summary>
/// <remarks>
/// Members that are alike in all but their first address are one test of that. <c>nomatch</c> is followed in sets of
/// addresses alone: where there are more parts, which member decides hangs on all of them.
/// </remarks>
/// <param name="set">The set, which is no list.</param>
/// <param name="dimensions">The direction list of the rule.</param>
internal sealed class IpSetConditions(IpSet set, ImmutableArray<SetDimension> dimensions)
{
    /// <summary>More kinds of members would be too many boxes.</summary>
    private const int MostKinds = 64;

    /// <returns>Null where it cannot be said.</returns>
    public Condition? Create() => set.Type.Parts[0] switch
    {
        IpSetPart.Port => Condition.AllOf(
            ProtocolIs(IpProtocol.Tcp, IpProtocol.Udp),
            Condition.Field(PortOf(dimensions[0]), FieldSet.Union(set.Ports.Select(port => new Interval(port, port))))),
        IpSetPart.Mac => MacIn(set.Others.Select(member => member.Mac).OfType<ulong>(), dimensions[0]),
        IpSetPart.Address => InAddresses(),
        _ => null,
    };

    private Condition? InAddresses()
    {
        var networks = set.ByAddress.ToList();
        if (set.Type.Parts.Length == 1)
        {
            return AddressIn(Decided(networks));
        }
        if (networks.Exists(network => network.Member.IsNoMatch))
        {
            return null;
        }
        var kinds = networks.GroupBy(network => network.Member with { First = null }).ToList();
        if (kinds.Count > MostKinds)
        {
            return null;
        }
        var parts = new List<Condition>();
        foreach (var kind in kinds)
        {
            if (Rest(kind.Key) is not { } rest)
            {
                return null;
            }
            parts.Add(Condition.AllOf(AddressIn(Asked(kind, networks)), rest));
        }
        return Condition.AnyOf([.. parts]);
    }

    /// <summary>The addresses of members that are asked: those that no narrower network hides.</summary>
    private FieldSet Asked(IEnumerable<(AddressPrefix Prefix, IpSetMember Member)> kind, List<(AddressPrefix Prefix, IpSetMember Member)> networks)
    {
        var hiding = networks.Where(network => set.HidesWider(network.Member)).ToList();
        return FieldSet.Union(kind.GroupBy(network => network.Prefix.Length).SelectMany(level => Without(
            FieldSet.Union(level.Select(network => RangeOf(network.Prefix))),
            FieldSet.Union(hiding.Where(network => network.Prefix.Length > level.Key).Select(network => RangeOf(network.Prefix)))).Ranges));
    }

    private static FieldSet Without(FieldSet addresses, FieldSet taken) => taken.IsEmpty
        ? addresses
        : FieldSet.Union(addresses.Complement(UInt128.MaxValue).Ranges.Concat(taken.Ranges)).Complement(UInt128.MaxValue).WithAbsent(false);

    /// <summary>The addresses of which the narrowest network takes them in: from the widest, each adds or takes away.</summary>
    private static FieldSet Decided(List<(AddressPrefix Prefix, IpSetMember Member)> networks)
    {
        var addresses = FieldSet.Empty;
        foreach (var level in networks.GroupBy(network => network.Prefix.Length).OrderBy(level => level.Key))
        {
            var added = FieldSet.Union(level.Where(network => !network.Member.IsNoMatch).Select(network => RangeOf(network.Prefix)));
            var taken = FieldSet.Union(level.Where(network => network.Member.IsNoMatch).Select(network => RangeOf(network.Prefix)));
            addresses = Without(FieldSet.Union(addresses.Ranges.Concat(added.Ranges)), taken);
        }
        return addresses;
    }

    /// <summary>The parts behind the first address.</summary>
    private Condition? Rest(IpSetMember member)
    {
        var parts = new List<Condition>();
        for (var i = 1; i < set.Type.Parts.Length; i++)
        {
            Condition? part = set.Type.Parts[i] switch
            {
                IpSetPart.Address when member.Second is var (low, high) => Condition.Field(AddressOf(dimensions[i]), FieldSet.Range(low.Value, high.Value)),
                IpSetPart.Port when member is { Protocol: { } protocol, Ports: var (first, last) } => PortsIn(protocol, first, last, dimensions[i]),
                IpSetPart.Interface => InterfaceIs(member, dimensions[i]),
                IpSetPart.Mac => member.Mac is { } mac ? MacIn([mac], dimensions[i]) : Condition.Field(PacketField.MacSource, FieldSet.Present),
                IpSetPart.Mark => Condition.Field(PacketField.Mark, FieldSet.Masked((member.Mark ?? 0) & set.MarkMask, set.MarkMask, 32)),
                _ => Condition.Never,
            };
            if (part is null)
            {
                return null;
            }
            parts.Add(part);
        }
        return Condition.AllOf([.. parts]);
    }

    private Condition AddressIn(FieldSet addresses) => Condition.Field(AddressOf(dimensions[0]), addresses);

    private static Interval RangeOf(AddressPrefix prefix)
    {
        var hostBits = IpAddress.WidthOf(prefix.Address.Family) - prefix.Length;
        var low = prefix.Network.Value;
        return new Interval(low, low | (hostBits == 0 ? 0 : UInt128.MaxValue >> (128 - hostBits)));
    }

    private static PacketField AddressOf(SetDimension dimension) => dimension == SetDimension.Source ? PacketField.Source : PacketField.Destination;

    private static PacketField PortOf(SetDimension dimension) => dimension == SetDimension.Source ? PacketField.SourcePort : PacketField.DestinationPort;

    private static Condition ProtocolIs(params ReadOnlySpan<byte> protocols)
    {
        var intervals = new List<Interval>();
        foreach (var protocol in protocols)
        {
            intervals.Add(new Interval(protocol, protocol));
        }
        return Condition.Field(PacketField.Protocol, FieldSet.Union(intervals));
    }

    private static Condition PortsIn(byte protocol, ushort first, ushort last, SetDimension dimension) => Condition.AllOf(
        ProtocolIs(protocol),
        protocol switch
        {
            IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.UdpLite or IpProtocol.Sctp => Condition.Field(PortOf(dimension), FieldSet.Range(first, last)),
            IpProtocol.Icmp or IpProtocol.IcmpV6 => Condition.Field(PacketField.IcmpTypeCode, FieldSet.Range(first, last)),
            _ => first == 0 ? Condition.Always : Condition.Never,
        });

    private static Condition InterfaceIs(IpSetMember member, SetDimension dimension)
    {
        var field = dimension == SetDimension.Source ? PacketField.InInterface : PacketField.OutInterface;
        return member is not { IsPhysical: false, Name: { } name } ? Condition.Never
            : Condition.Field(field, member.IsWildcard
                ? FieldSet.Range(InterfaceName.WithPrefix(Encoding.UTF8.GetBytes(name))) : FieldSet.Of(InterfaceName.Pack(name)));
    }

    /// <summary>The source of a frame; its destination is not told.</summary>
    private static Condition? MacIn(IEnumerable<ulong> addresses, SetDimension dimension) => dimension == SetDimension.Destination ? null
        : Condition.Field(PacketField.MacSource, FieldSet.Union(addresses.Select(mac => new Interval(mac, mac))));
}
