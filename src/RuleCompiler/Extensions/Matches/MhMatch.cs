using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m mh</c>: a Mobility Header of IPv6 by its type, which no packet expression tells.</summary>
/// <remarks>
/// Source: net/ipv6/netfilter/ip6t_mh.c; extensions/libip6t_mh.c, which does not load itself for the protocol: the
/// option needs its <c>-m</c>.
/// </remarks>
internal sealed class MhMatch : MatchExtension
{
    private static readonly MobilityTypeOption Type = new("--mh-type") { IsNegatable = true };

    public override string Name => "mh";

    public override Family? OnlyFamily => Family.IPv6;

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.MobilityHeader];

    public override ImmutableArray<OptionSpec> Options { get; } = [Type];

    public override Condition Lower(BoundMatch match) =>
        match.TryGet(Type, out var range) && range != new NumberRange(0, byte.MaxValue) ? Condition.AllOf(HeaderConditions.BeginsLast, match.UnknownTest(Type))
        : match.IsNegated(Type) ? Condition.Never
        : HeaderConditions.BeginsLast;
}
