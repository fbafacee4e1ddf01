namespace RuleCompiler.Packets;

/// <summary>Types of an address as this host's routing knows it; also a set of them.</summary>
/// <remarks>Source: net/netfilter/xt_addrtype.c; include/uapi/linux/rtnetlink.h, <c>RTN_*</c>: bit n is RTN type n.</remarks>
[Flags]
internal enum AddressType
{
    None = 0,
    Unspecified = 1 << 0,
    Unicast = 1 << 1,
    Local = 1 << 2,
    Broadcast = 1 << 3,
    Anycast = 1 << 4,
    Multicast = 1 << 5,
    Blackhole = 1 << 6,
    Unreachable = 1 << 7,
    Prohibit = 1 << 8,
    Throw = 1 << 9,
    Nat = 1 << 10,
    ExternalResolve = 1 << 11,
}
