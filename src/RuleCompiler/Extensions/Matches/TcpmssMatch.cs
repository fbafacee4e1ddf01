using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m tcpmss</c>: the maximum segment size that a TCP packet announces.</summary>
/// <remarks>Source: net/netfilter/xt_tcpmss.c, <c>tcpmss_mt</c>: without that option it fails, and holds if negated.</remarks>
internal sealed class TcpmssMatch : MatchExtension
{
    private static readonly NumberRangeOption Size = new("--mss", 0, ushort.MaxValue)
    {
        Separator = ':',
        HasOpenEnds = true,
        IsNegatable = true,
    };

    public override string Name => "tcpmss";

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.Tcp];

    public override ImmutableArray<OptionSpec> Options { get; } = [Size];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) =>
        match.Test(Size, PacketField.MaximumSegmentSize, AbsentField.HoldsIfNegated);
}
