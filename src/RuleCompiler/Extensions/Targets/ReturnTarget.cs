using System.Collections.Immutable;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j RETURN</c>: back to the calling chain; in a base chain, its policy.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/x_tables.h, <c>XT_RETURN</c>; iptables(8), TARGETS.</remarks>
internal sealed class ReturnTarget : TargetExtension
{
    private static readonly RuleAction Action = new(ActionKind.Return, "RETURN");

    public override string Name => "RETURN";

    public override ImmutableArray<OptionSpec> Options => [];

    public override RuleAction Lower(BoundTarget target) => Action;
}
