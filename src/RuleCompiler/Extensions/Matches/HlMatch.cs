using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m hl</c>: the hop limit of an IPv6 packet.</summary>
internal sealed class HlMatch() : HopLimitMatch("hl", Family.IPv6);
