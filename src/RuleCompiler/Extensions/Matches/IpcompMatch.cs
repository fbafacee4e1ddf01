using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m ipcomp</c>: a compressed packet (RFC 3173), by its compression parameter index.</summary>
internal sealed class IpcompMatch() : SecurityParameterMatch("ipcomp", IpProtocol.IpComp)
{
    private static readonly FlagOption Reserved = new("--compres");

    protected override ImmutableArray<OptionSpec> MoreOptions { get; } = [Reserved];
}
