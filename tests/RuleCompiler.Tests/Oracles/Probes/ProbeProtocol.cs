namespace RuleCompiler.Tests.Oracles.Probes;

/// <summary>Protocol numbers that the oracle can send.</summary>
internal static class ProbeProtocol
{
    public const byte Icmp = 1;
    public const byte Tcp = 6;
    public const byte Udp = 17;
    public const byte Dccp = 33;
    public const byte Gre = 47;
    public const byte IcmpV6 = 58;
    public const byte Sctp = 132;
    public const byte MobilityHeader = 135;
    public const byte UdpLite = 136;

    public static bool HasPorts(byte protocol) => protocol is Tcp or Udp or Dccp or Sctp or UdpLite;

    public static bool IsIcmp(byte protocol) => protocol is Icmp or IcmpV6;

    /// <summary>Reads the first word of a packet expression.</summary>
    public static byte Read(string word) => word switch
    {
        "tcp" => Tcp,
        "udp" => Udp,
        "icmp" => Icmp,
        "icmpv6" or "ipv6-icmp" => IcmpV6,
        "sctp" => Sctp,
        "dccp" => Dccp,
        "udplite" => UdpLite,
        "gre" => Gre,
        "esp" => 50,
        "ah" => 51,
        "ipcomp" => 108,
        "mh" => MobilityHeader,
        _ => byte.Parse(word),
    };
}
