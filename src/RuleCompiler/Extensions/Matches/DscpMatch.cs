using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m dscp</c>: the differentiated services code point, by number or class.</summary>
/// <remarks>Source: net/netfilter/xt_dscp.c, <c>dscp_mt</c>; iptables-extensions(8), dscp.</remarks>
internal sealed class DscpMatch : MatchExtension
{
    private static readonly DscpOption Number = new("--dscp") { IsNegatable = true };

    private static readonly DscpClassOption Class = new("--dscp-class", Number) { IsNegatable = true };

    public override string Name => "dscp";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Number, Class];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Number, Class]];

    public override Condition Lower(BoundMatch match) => Condition.AllOf(
        match.Test(Number, PacketField.Tos),
        match.Test(Class, PacketField.Tos));
}
