using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j AUDIT</c>: writes an audit record of a decision that another rule takes, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_AUDIT.c; iptables-extensions(8), AUDIT.</remarks>
internal sealed class AuditTarget : TargetExtension
{
    private static readonly KeywordOption Type = new("--type", [("accept", 0), ("drop", 1), ("reject", 2)]);

    public override string Name => "AUDIT";

    public override ImmutableArray<OptionSpec> Options { get; } = [Type];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Type];

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Log(target.OptionText));
}
