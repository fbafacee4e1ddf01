using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m ah</c> of IPv6: the authentication header, anywhere among the extension headers.</summary>
/// <remarks>Source: net/ipv6/netfilter/ip6t_ah.c; it needs no <c>-p ah</c>.</remarks>
internal sealed class Ah6Match() : SecurityParameterMatch("ah", IpProtocol.Ah)
{
    private static readonly NumberOption Length = new("--ahlen", 0, uint.MaxValue) { IsNegatable = true, OmitsZero = true };

    private static readonly FlagOption Reserved = new("--ahres");

    public override Family? OnlyFamily => Family.IPv6;

    /// <summary>The match of IPv4 stands for the protocol.</summary>
    public override byte? ImplicitFor => null;

    public override ImmutableArray<byte> Protocols => [];

    protected override ImmutableArray<OptionSpec> MoreOptions { get; } = [Length, Reserved];

    protected override Condition IsThere => HeaderConditions.Has(ExtensionHeaders.Authentication);

    protected override bool AsksMore(BoundMatch match) => match.Has(Reserved) || match.GetOr(Length, 0ul) != 0;
}
