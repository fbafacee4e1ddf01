using System.Globalization;

namespace RuleCompiler.Netfilter;

/// <summary>Protocol numbers and the names that iptables knows without any database, plus common /etc/protocols ones.</summary>
/// <remarks>
/// Source: libxtables/xtables.c, <c>xtables_chain_protos</c>, in its order (the first name of a number is
/// the one printed); IANA protocol numbers.
/// </remarks>
internal static class IpProtocol
{
    public const byte Icmp = 1;
    public const byte Igmp = 2;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Dccp = 33;
    public const byte Gre = 47;
    public const byte Esp = 50;
    public const byte Ah = 51;
    public const byte IcmpV6 = 58;
    public const byte NoNextHeader = 59;
    public const byte IpComp = 108;
    public const byte Sctp = 132;
    public const byte MobilityHeader = 135;
    public const byte UdpLite = 136;

    private static readonly (string Name, byte Number)[] Names =
    [
        ("tcp", Tcp), ("sctp", Sctp), ("udp", Udp), ("udplite", UdpLite), ("icmp", Icmp), ("icmpv6", IcmpV6),
        ("ipv6-icmp", IcmpV6), ("icmp6", IcmpV6), ("esp", Esp), ("ah", Ah), ("mobility-header", MobilityHeader),
        ("ipv6-mh", MobilityHeader), ("mh", MobilityHeader),
        ("dccp", Dccp), ("gre", Gre), ("igmp", Igmp), ("ipencap", 4), ("ipip", 94), ("ggp", 3), ("st", 5),
        ("egp", 8), ("igp", 9), ("pup", 12), ("hmp", 20), ("xns-idp", 22), ("rdp", 27), ("iso-tp4", 29), ("xtp", 36),
        ("ddp", 37), ("idpr-cmtp", 38), ("ipv6", 41), ("ipv6-route", 43), ("ipv6-frag", 44), ("idrp", 45), ("rsvp", 46),
        ("skip", 57), ("ipv6-nonxt", 59), ("ipv6-opts", 60), ("rspf", 73), ("vmtp", 81), ("eigrp", 88), ("ospf", 89),
        ("ax.25", 93), ("etherip", 97), ("encap", 98), ("pim", 103), ("ipcomp", 108), ("vrrp", 112), ("l2tp", 115),
        ("isis", 124), ("fc", 133), ("mpls-in-ip", 137), ("manet", 138), ("hip", 139), ("shim6", 140), ("wesp", 141),
        ("rohc", 142), ("ethernet", 143),
    ];

    /// <summary>The number of a protocol given by name (any case) or number.</summary>
    /// <returns>0 for <c>all</c>, and for what has that number (<c>ip</c>, <c>hopopt</c>); null when the name is unknown or the number above 255.</returns>
    public static byte? Find(string text)
    {
        if (byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            && byte.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number))
        {
            return number;
        }
        if (text.Equals("all", StringComparison.OrdinalIgnoreCase) || text.Equals("ip", StringComparison.OrdinalIgnoreCase)
            || text.Equals("hopopt", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }
        foreach (var (name, value) in Names)
        {
            if (name.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }
        return null;
    }

    /// <summary>The name that iptables-save prints, or the number.</summary>
    public static string Name(byte number)
    {
        if (number == IcmpV6)
        {
            return "ipv6-icmp"; // iptables-save asks getprotobynumber() first
        }
        foreach (var (name, value) in Names)
        {
            if (value == number)
            {
                return name;
            }
        }
        return number.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the protocol's header begins with two 16-bit ports.</summary>
    public static bool HasPorts(byte number) => number is Tcp or Udp or UdpLite or Sctp or Dccp;

    /// <summary>Whether conntrack knows the ports, so that NAT may rewrite them: not those of DCCP.</summary>
    /// <remarks>
    /// Source: net/netfilter/nf_conntrack_core.c, <c>nf_ct_get_tuple</c>; nf_nat_proto.c, <c>l4proto_manip_pkt</c>, as of Linux 6.18.
    /// Kernels that still have nf_conntrack_proto_dccp.c rewrite its ports, too.
    /// </remarks>
    public static bool HasTrackedPorts(byte number) => number is Tcp or Udp or UdpLite or Sctp;
}
