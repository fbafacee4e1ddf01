using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j NOTRACK</c>: takes the packet out of connection tracking, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_CT.c, <c>notrack_tg</c>; iptables-extensions(8), NOTRACK.</remarks>
internal sealed class NotrackTarget : TargetExtension
{
    private static readonly RuleAction Action = new(ActionKind.Notrack, "NOTRACK", new Effect.Untrack());

    public override string Name => "NOTRACK";

    public override ImmutableArray<OptionSpec> Options => [];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Raw;

    public override RuleAction Lower(BoundTarget target) => Action;
}
