using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m mark</c>: the packet's firewall mark.</summary>
/// <remarks>
/// Source: net/netfilter/xt_mark.c, <c>mark_mt</c>: <c>(mark &amp; MASK) == VALUE</c>, where VALUE is not masked first,
/// so <c>0x15/0x5</c> never matches.
/// </remarks>
internal sealed class MarkMatch : MatchExtension
{
    private static readonly MaskedNumberOption Mark = new("--mark", uint.MaxValue) { IsNegatable = true };

    public override string Name => "mark";

    public override ImmutableArray<OptionSpec> Options { get; } = [Mark];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.Test(Mark, PacketField.Mark);
}
