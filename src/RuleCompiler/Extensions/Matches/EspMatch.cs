using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m esp</c>: an encrypted packet (RFC 4303), by its security parameter index.</summary>
internal sealed class EspMatch() : SecurityParameterMatch("esp", IpProtocol.Esp);
