using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m hbh</c>: the hop-by-hop options of an IPv6 packet.</summary>
internal sealed class HbhMatch() : OptionsHeaderMatch("hbh", ExtensionHeaders.HopByHop);
