using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m ah</c>: an authenticated packet of IPv4 (RFC 4302), by its security parameter index.</summary>
internal sealed class AhMatch() : SecurityParameterMatch("ah", IpProtocol.Ah)
{
    public override Family? OnlyFamily => Family.IPv4;
}
