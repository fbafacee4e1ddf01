using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m udplite</c>: ports of a UDP-Lite packet (RFC 3828).</summary>
/// <remarks>
/// Source: net/netfilter/xt_tcpudp.c, which registers <c>udp_mt</c> for it too; iptables 1.8.9 has no user space part,
/// other builds do.
/// </remarks>
internal sealed class UdpLiteMatch() : PortMatch("udplite", IpProtocol.UdpLite);
