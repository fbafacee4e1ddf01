using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m ipv6header</c>: which extension headers an IPv6 packet has, taken as unknown.</summary>
/// <remarks>Source: net/ipv6/netfilter/ip6t_ipv6header.c; extensions/libip6t_ipv6header.c.</remarks>
internal sealed class Ipv6headerMatch : MatchExtension
{
    private static readonly HeaderSetOption Headers = new("--header") { IsNegatable = true };

    private static readonly FlagOption Soft = new("--soft");

    public override string Name => "ipv6header";

    public override Family? OnlyFamily => Family.IPv6;

    public override ImmutableArray<OptionSpec> Options { get; } = [Headers, Soft];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Headers];

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: false);
}
