using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>An ipset ready to be asked.</summary>
/// <remarks>
/// Members are found by their first address, from the longest prefix to the shortest; the first one that fits
/// decides, so that <c>nomatch</c> of a narrower network wins (net/netfilter/ipset/ip_set_hash_gen.h,
/// <c>mtype_test_cidrs</c>). Of a set with interfaces no wider network is asked where a narrower one has members of other
/// interfaces alone (ip_set_hash_netiface.c, <c>hash_netiface4_data_equal</c>). Sets without an address are asked by port
/// or link-layer address.
/// </remarks>
internal sealed class IpSet
{
    private readonly Family? _family;
    private readonly int _maskBits;
    private readonly uint _markMask;
    private readonly PrefixMap<IpSetMember> _byAddress;
    private readonly ImmutableArray<IpSetMember> _others;
    private readonly HashSet<ushort> _ports = [];
    private readonly ImmutableArray<IpSetMember> _members;

    private IpSet(HostSet set, IpSetType type, string options)
    {
        Type = type;
        var members = set.Members.Select(m => IpSetMember.Parse(type, m)).OfType<IpSetMember>().ToImmutableArray();
        _members = members;
        var isV6 = set.Family == "inet6" || Option(options, "family") == "inet6";
        // Ports, link-layer addresses and lists are of no family.
        _family = type.Parts[0] == IpSetPart.Address ? (isV6 ? Family.IPv6 : Family.IPv4) : null;
        var width = IpAddress.WidthOf(_family ?? Family.IPv4);
        _maskBits = int.TryParse(Option(options, "netmask"), out var bits) && bits < width ? bits : width;
        _markMask = ClauseWords.FindNumber(Option(options, "markmask") ?? "") ?? uint.MaxValue;
        _byAddress = new PrefixMap<IpSetMember>(members.SelectMany(Networks).OrderByDescending(m => SecondLength(m.Member)));
        _others = [.. members.Where(m => m.First is null && m.Ports is null)];
        foreach (var (low, high) in members.Where(m => m.First is null).Select(m => m.Ports).OfType<(ushort Low, ushort High)>())
        {
            for (int port = low; port <= high; port++)
            {
                _ports.Add((ushort)port);
            }
        }
    }

    /// <summary>Its type.</summary>
    public IpSetType Type { get; }

    /// <summary>Names of the sets in a <c>list:set</c>, in order.</summary>
    public IEnumerable<string> ListedSets => _others.Select(m => m.Name).OfType<string>();

    /// <returns>Null for a set of a type, or with an option, that is not known here.</returns>
    public static IpSet? Create(HostSet set)
    {
        var options = set.Options ?? "";
        return IpSetType.Find(set.Type) is { } type && Option(options, "bitmask") is null ? new IpSet(set, type, options) : null;
    }

    /// <summary>Whether a set that is no list holds what a packet shows; null where the packet does not tell enough.</summary>
    /// <param name="dimensions">At least as many as the type has parts.</param>
    /// <param name="key">The packet.</param>
    public bool? Contains(ImmutableArray<SetDimension> dimensions, in SetKey key) => Type.Parts[0] switch
    {
        // bitmap:port asks no protocol, but looks into tcp and udp only (ip_set_bitmap_port.c).
        IpSetPart.Port => key.Protocol is IpProtocol.Tcp or IpProtocol.Udp
            && PortOf(key, dimensions[0]) is { } port && _ports.Contains(port),
        IpSetPart.Mac => ContainsMac(dimensions[0], key),
        _ => ContainsAddress(dimensions, key),
    };

    private bool? ContainsAddress(ImmutableArray<SetDimension> dimensions, in SetKey key)
    {
        var address = AddressOf(key, dimensions[0]);
        if (address.Family != _family)
        {
            return false;
        }
        var isUnknown = false;
        address = new AddressPrefix(address, _maskBits).Network;
        for (var network = _byAddress.FindInnermost(address); network is not null; network = network.Around)
        {
            foreach (var member in network.Values)
            {
                switch (MatchesRest(member, dimensions, key))
                {
                    case true:
                        return isUnknown ? null : !member.IsNoMatch;
                    case null:
                        isUnknown = true;
                        break;
                    case false:
                        break;
                }
            }
            if (network.Values.Any(HidesWider))
            {
                break;
            }
        }
        return isUnknown ? null : false;
    }

    /// <summary>Whether members of wider networks are not asked where the address is in this one's network.</summary>
    internal bool HidesWider(IpSetMember member) => member is { IsPhysical: false } && Type.Parts.Contains(IpSetPart.Interface);

    /// <summary>The parts behind the first address.</summary>
    private bool? MatchesRest(IpSetMember member, ImmutableArray<SetDimension> dimensions, in SetKey key)
    {
        bool? result = true;
        for (var i = 1; i < Type.Parts.Length && result != false; i++)
        {
            var matches = Type.Parts[i] switch
            {
                IpSetPart.Address => member.Second is var (low, high) && AddressOf(key, dimensions[i]) is var address
                    && address.Family == low.Family && address.Value >= low.Value && address.Value <= high.Value,
                IpSetPart.Port => member.Protocol == key.Protocol && member.Ports is var (first, last)
                    && PortOf(key, dimensions[i]) is { } port && port >= first && port <= last,
                IpSetPart.Interface => MatchesInterface(member, dimensions[i] == SetDimension.Source ? key.InInterface : key.OutInterface),
                IpSetPart.Mac => member.Mac is not { } mac ? HasFrame(key) : MatchesMac(mac, dimensions[i], key),
                IpSetPart.Mark => MatchesMark(member.Mark ?? 0, key.Mark),
                _ => false,
            };
            result = matches == true ? result : matches;
        }
        return result;
    }

    private bool? ContainsMac(SetDimension dimension, in SetKey key)
    {
        var isUnknown = false;
        foreach (var member in _others)
        {
            if (member.Mac is { } mac && MatchesMac(mac, dimension, key) is not false and var matches)
            {
                if (matches == true)
                {
                    return true;
                }
                isUnknown = true;
            }
        }
        return isUnknown ? null : false;
    }

    private static IpAddress AddressOf(in SetKey key, SetDimension dimension) =>
        dimension == SetDimension.Source ? key.Source : key.Destination;

    /// <summary>The port as ipset sees it: ICMP's type and code are one, protocols without ports have 0.</summary>
    /// <remarks>Source: net/netfilter/ipset/ip_set_getport.c, <c>get_port</c>.</remarks>
    private static ushort? PortOf(in SetKey key, SetDimension dimension) => key.Protocol switch
    {
        IpProtocol.Tcp or IpProtocol.Udp or IpProtocol.UdpLite or IpProtocol.Sctp =>
            dimension == SetDimension.Source ? key.SourcePort : key.DestinationPort,
        IpProtocol.Icmp or IpProtocol.IcmpV6 => key.IcmpTypeCode,
        _ => 0,
    };

    private static bool MatchesInterface(IpSetMember member, string? name) =>
        !string.IsNullOrEmpty(name) && !member.IsPhysical && member.Name is { } wanted
        && (member.IsWildcard ? name.StartsWith(wanted, StringComparison.Ordinal) : name == wanted);

    /// <summary>The source address of an arriving frame; its destination is not told.</summary>
    private static bool? MatchesMac(ulong mac, SetDimension dimension, in SetKey key) =>
        !HasFrame(key) ? false
        : dimension == SetDimension.Source && key.MacSource is { } source ? source == mac
        : null;

    /// <summary>Whether the packet came in a frame with addresses; without them no member is met, be its address any.</summary>
    /// <remarks>Source: net/netfilter/ipset/ip_set_bitmap_ipmac.c, <c>bitmap_ipmac_kadt</c>.</remarks>
    private static bool HasFrame(in SetKey key) => key.InInterface is not (null or "" or "lo");

    private bool? MatchesMark(uint wanted, MaskedNumber mark)
    {
        var known = mark.Mask & _markMask;
        return ((mark.Value ^ wanted) & known) != 0 ? false : known == _markMask ? true : null;
    }

    private IEnumerable<(AddressPrefix Prefix, IpSetMember Member)> Networks(IpSetMember member) =>
        member.First is not var (low, high) || low.Family != _family ? []
        : _maskBits < IpAddress.WidthOf(low.Family) ? [(new AddressPrefix(low, _maskBits), member)]
        : AddressPrefix.Cover(low, high).Select(prefix => (prefix, member));

    /// <summary>How narrow the second network is: of members with one first network, the narrowest is asked first.</summary>
    private static int SecondLength(IpSetMember member) =>
        member.Second is var (low, high) ? (int)UInt128.LeadingZeroCount(high.Value - low.Value) : 0;

    private static string? Option(string options, string name)
    {
        var words = options.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var index = Array.IndexOf(words, name);
        return index >= 0 && index + 1 < words.Length ? words[index + 1] : null;
    }

    /// <summary>What <see cref="Contains"/> says of every packet, as a condition.</summary>
    /// <param name="dimensions">At least as many as the type has parts.</param>
    /// <returns>Null where no condition of moderate size says it, or packets do not tell it.</returns>
    public Condition? ConditionOf(ImmutableArray<SetDimension> dimensions) => new IpSetConditions(this, dimensions).Create();

    /// <summary>Members with a first address, the longest prefixes first, as they are asked.</summary>
    internal IEnumerable<(AddressPrefix Prefix, IpSetMember Member)> ByAddress => _members.SelectMany(Networks)
        .OrderByDescending(network => network.Prefix.Length).ThenByDescending(network => SecondLength(network.Member));

    /// <summary>Members without a first address.</summary>
    internal IEnumerable<IpSetMember> Others => _others;

    /// <summary>Ports of a set of ports.</summary>
    internal IEnumerable<ushort> Ports => _ports;

    /// <summary>The bits of a mark that count.</summary>
    internal uint MarkMask => _markMask;

    /// <summary>The family of its addresses; null for a set without.</summary>
    internal Family? AddressFamily => _family;
}
