using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m ttl</c>: the time to live of an IPv4 packet.</summary>
internal sealed class TtlMatch() : HopLimitMatch("ttl", Family.IPv4);
