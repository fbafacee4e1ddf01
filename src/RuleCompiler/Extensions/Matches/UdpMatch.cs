using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m udp</c>: ports of a UDP packet.</summary>
/// <remarks>Source: net/netfilter/xt_tcpudp.c, <c>udp_mt</c>; iptables-extensions(8), udp.</remarks>
internal sealed class UdpMatch() : PortMatch("udp", IpProtocol.Udp);
