using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j TRACE</c>: has the kernel report every later rule that matches the packet, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_TRACE.c, which is for raw only; nft sets the flag in any table.</remarks>
internal sealed class TraceTarget : TargetExtension
{
    private static readonly RuleAction Action = new(ActionKind.Continue, "TRACE", new Effect.Other(""));

    public override string Name => "TRACE";

    public override ImmutableArray<OptionSpec> Options => [];

    public override TableSet TablesFor(BoundExtension use) =>
        use.Context.Flavour == Flavour.Legacy ? TableSet.Raw : TableSet.All;

    public override RuleAction Lower(BoundTarget target) => Action;
}
