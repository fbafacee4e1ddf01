using System.Collections.Immutable;

namespace RuleCompiler.Netfilter;

/// <summary>A name for a type of ICMP or ICMPv6 message, or for one of its codes.</summary>
/// <param name="Name">As iptables spells it; case does not matter.</param>
/// <param name="Type">The type; 255 is <c>any</c>.</param>
/// <param name="Code">The code; null for all of them.</param>
/// <remarks>Source: extensions/libxt_icmp.h; IANA ICMP and ICMPv6 parameters.</remarks>
internal readonly record struct IcmpTypeName(string Name, byte Type, byte? Code)
{
    private static readonly ImmutableArray<IcmpTypeName> IPv4 =
    [
        new("any", 255, null),
        new("echo-reply", 0, null),
        new("pong", 0, null),
        new("destination-unreachable", 3, null),
        new("network-unreachable", 3, 0),
        new("host-unreachable", 3, 1),
        new("protocol-unreachable", 3, 2),
        new("port-unreachable", 3, 3),
        new("fragmentation-needed", 3, 4),
        new("source-route-failed", 3, 5),
        new("network-unknown", 3, 6),
        new("host-unknown", 3, 7),
        new("network-prohibited", 3, 9),
        new("host-prohibited", 3, 10),
        new("TOS-network-unreachable", 3, 11),
        new("TOS-host-unreachable", 3, 12),
        new("communication-prohibited", 3, 13),
        new("host-precedence-violation", 3, 14),
        new("precedence-cutoff", 3, 15),
        new("source-quench", 4, null),
        new("redirect", 5, null),
        new("network-redirect", 5, 0),
        new("host-redirect", 5, 1),
        new("TOS-network-redirect", 5, 2),
        new("TOS-host-redirect", 5, 3),
        new("echo-request", 8, null),
        new("ping", 8, null),
        new("router-advertisement", 9, null),
        new("router-solicitation", 10, null),
        new("time-exceeded", 11, null),
        new("ttl-exceeded", 11, null),
        new("ttl-zero-during-transit", 11, 0),
        new("ttl-zero-during-reassembly", 11, 1),
        new("parameter-problem", 12, null),
        new("ip-header-bad", 12, 0),
        new("required-option-missing", 12, 1),
        new("timestamp-request", 13, null),
        new("timestamp-reply", 14, null),
        new("address-mask-request", 17, null),
        new("address-mask-reply", 18, null),
    ];

    private static readonly ImmutableArray<IcmpTypeName> IPv6 =
    [
        new("destination-unreachable", 1, null),
        new("no-route", 1, 0),
        new("communication-prohibited", 1, 1),
        new("beyond-scope", 1, 2),
        new("address-unreachable", 1, 3),
        new("port-unreachable", 1, 4),
        new("failed-policy", 1, 5),
        new("reject-route", 1, 6),
        new("packet-too-big", 2, null),
        new("time-exceeded", 3, null),
        new("ttl-exceeded", 3, null),
        new("ttl-zero-during-transit", 3, 0),
        new("ttl-zero-during-reassembly", 3, 1),
        new("parameter-problem", 4, null),
        new("bad-header", 4, 0),
        new("unknown-header-type", 4, 1),
        new("unknown-option", 4, 2),
        new("echo-request", 128, null),
        new("ping", 128, null),
        new("echo-reply", 129, null),
        new("pong", 129, null),
        new("mld-listener-query", 130, null),
        new("mld-listener-report", 131, null),
        new("mld-listener-done", 132, null),
        new("mld-listener-reduction", 132, null),
        new("router-solicitation", 133, null),
        new("router-advertisement", 134, null),
        new("neighbour-solicitation", 135, null),
        new("neighbor-solicitation", 135, null),
        new("neighbour-advertisement", 136, null),
        new("neighbor-advertisement", 136, null),
        new("redirect", 137, null),
    ];

    /// <summary>All names of a family.</summary>
    public static ImmutableArray<IcmpTypeName> Of(Family family) => family == Family.IPv4 ? IPv4 : IPv6;
}
