using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m dst</c>: the destination options of an IPv6 packet.</summary>
internal sealed class DstMatch() : OptionsHeaderMatch("dst", ExtensionHeaders.DestinationOptions);
