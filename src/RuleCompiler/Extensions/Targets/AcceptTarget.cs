using System.Collections.Immutable;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j ACCEPT</c>: ends this table's chain at this hook; the next table goes on.</summary>
/// <remarks>Source: include/uapi/linux/netfilter.h, <c>NF_ACCEPT</c>; iptables(8), TARGETS.</remarks>
internal sealed class AcceptTarget : TargetExtension
{
    private static readonly RuleAction Action = new(ActionKind.Accept, "ACCEPT");

    public override string Name => "ACCEPT";

    public override ImmutableArray<OptionSpec> Options => [];

    public override RuleAction Lower(BoundTarget target) => Action;
}
