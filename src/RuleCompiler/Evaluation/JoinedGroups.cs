using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>The multicast groups that the kernel itself joins; programs join others, which host facts do not tell.</summary>
/// <remarks>
/// Sources: net/ipv4/igmp.c, <c>ip_mc_up</c>; net/ipv6/addrconf.c, <c>ipv6_add_dev</c> and <c>addrconf_join_solict</c>;
/// RFC 1112, section 4; RFC 4291, sections 2.7.1 and 2.8.
/// </remarks>
internal sealed class JoinedGroups
{
    private const uint AllHostsV4 = 0xE000_0001;
    private const uint SolicitedBits = 0xFF_FFFF;
    private static readonly UInt128 AllHostsV6 = new(0xFF02_0000_0000_0000, 1);
    private static readonly UInt128 AllRoutersV6 = new(0xFF02_0000_0000_0000, 2);
    private static readonly UInt128 Solicited = new(0xFF02_0000_0000_0000, 0x1_FF00_0000);
    private readonly ImmutableArray<UInt128> _everywhere;
    private readonly HashSet<(string Interface, UInt128 Group)> _solicited;

    /// <param name="host">The machine.</param>
    /// <param name="family">Whose groups.</param>
    public JoinedGroups(HostFacts host, Family family)
    {
        _everywhere = family == Family.IPv4 ? [AllHostsV4] : host.Forwarding ? [AllHostsV6, AllRoutersV6] : [AllHostsV6];
        _solicited = family == Family.IPv4 ? [] :
        [
            .. from link in host.Interfaces
               from prefix in link.Addresses
               where prefix.Address.Family == family
               from address in AnsweredOf(prefix, host.Forwarding)
               select (link.Name, Solicited | (address & SolicitedBits)),
        ];
    }

    /// <summary>Groups that every interface is in.</summary>
    public IReadOnlyList<UInt128> Everywhere => _everywhere;

    /// <summary>Groups that some interfaces are in, each with the interfaces.</summary>
    public ILookup<UInt128, string> Elsewhere => _solicited.ToLookup(entry => entry.Group, entry => entry.Interface);

    /// <summary>Whether packets to a group are taken that arrive by an interface.</summary>
    public bool Contain(UInt128 group, string inInterface) =>
        _everywhere.Contains(group) || _solicited.Contains((inInterface, group));

    /// <summary>What neighbours may ask for: the address and, of a router, that of its network.</summary>
    private static IEnumerable<UInt128> AnsweredOf(AddressPrefix prefix, bool isRouter)
    {
        const int longestNetwork = 126;
        yield return prefix.Address.Value;
        if (isRouter && prefix.Length <= longestNetwork)
        {
            yield return prefix.Addresses.Low;
        }
    }
}
