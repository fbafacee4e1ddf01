namespace RuleCompiler.Netfilter;

/// <summary>The headers between that of IPv6 and the last one of a packet.</summary>
/// <remarks>Source: RFC 8200, section 4; ip6t_ipv6header.h, whose bits are those below, shifted by the three of the last header.</remarks>
[Flags]
internal enum ExtensionHeaders : byte
{
    None = 0,
    Authentication = 1,
    Fragment = 2,
    Routing = 4,
    DestinationOptions = 8,
    HopByHop = 16,
}
