using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m rt</c>: the routing header of an IPv6 packet, which packet expressions do not tell in full.</summary>
/// <remarks>Source: net/ipv6/netfilter/ip6t_rt.c; extensions/libip6t_rt.c.</remarks>
internal sealed class RtMatch : MatchExtension
{
    private static readonly NumberOption Type = new("--rt-type", 0, uint.MaxValue) { IsNegatable = true };

    private static readonly NumberRangeOption SegmentsLeft = new("--rt-segsleft", 0, uint.MaxValue)
    {
        Separator = ':',
        HasOpenEnds = true,
        OmitsFullRange = true,
        IsNegatable = true,
    };

    private static readonly NumberOption Length = new("--rt-len", 0, uint.MaxValue) { IsNegatable = true };
    private static readonly FlagOption Reserved = new("--rt-0-res");
    private static readonly TextListOption Addresses = new("--rt-0-addrs");
    private static readonly FlagOption NotStrict = new("--rt-0-not-strict");

    public override string Name => "rt";

    public override Family? OnlyFamily => Family.IPv6;

    public override ImmutableArray<OptionSpec> Options { get; } = [Type, SegmentsLeft, Length, Reserved, Addresses, NotStrict];

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: false);
}
