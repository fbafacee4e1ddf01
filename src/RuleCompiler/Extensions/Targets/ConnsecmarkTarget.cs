using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j CONNSECMARK</c>: copies the security mark between packet and connection, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_CONNSECMARK.c; iptables-extensions(8), CONNSECMARK.</remarks>
internal sealed class ConnsecmarkTarget : TargetExtension
{
    private static readonly FlagOption Save = new("--save");
    private static readonly FlagOption Restore = new("--restore");

    public override string Name => "CONNSECMARK";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Save, Restore];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Save, Restore]];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Mangle | TableSet.Security;

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Other(target.OptionText));
}
