using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m pkttype</c>: to whom the arriving frame was addressed.</summary>
/// <remarks>
/// Source: net/netfilter/xt_pkttype.c; extensions/libxt_pkttype.c. The stack drops frames for another host before any
/// table sees them.
/// </remarks>
internal sealed class PkttypeMatch : MatchExtension
{
    private const ulong OtherHost = 3;

    private static readonly KeywordOption Type = new(
        "--pkt-type",
        [
            ("unicast", (ulong)FrameKind.Unicast), ("broadcast", (ulong)FrameKind.Broadcast),
            ("multicast", (ulong)FrameKind.Multicast), ("otherhost", OtherHost), ("host", (ulong)FrameKind.Unicast),
            ("bcast", (ulong)FrameKind.Broadcast), ("mcast", (ulong)FrameKind.Multicast),
        ])
    {
        IsNegatable = true,
    };

    public override string Name => "pkttype";

    public override ImmutableArray<OptionSpec> Options { get; } = [Type];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.GetOr(Type, OtherHost) is var kind && kind == OtherHost
        ? match.IsNegated(Type) ? Condition.Always : Condition.Never
        : BoundMatch.Test(FieldSet.Of(kind), match.IsNegated(Type), PacketField.FrameKind);
}
