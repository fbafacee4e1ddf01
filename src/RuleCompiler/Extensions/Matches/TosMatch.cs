using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m tos</c>: type of service, or traffic class, under a mask.</summary>
/// <remarks>Source: net/netfilter/xt_dscp.c, <c>tos_mt</c>, revision 1; iptables-extensions(8), tos.</remarks>
internal sealed class TosMatch : MatchExtension
{
    private static readonly TosOption Tos = new("--tos") { IsNegatable = true };

    public override string Name => "tos";

    public override ImmutableArray<OptionSpec> Options { get; } = [Tos];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override Condition Lower(BoundMatch match) => match.Test(Tos, PacketField.Tos);
}
