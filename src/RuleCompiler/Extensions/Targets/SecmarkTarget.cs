using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j SECMARK</c>: gives the packet a security mark, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_SECMARK.c; iptables-extensions(8), SECMARK.</remarks>
internal sealed class SecmarkTarget : TargetExtension
{
    private static readonly TruncatedTextOption Context = new("--selctx", 255) { IsBare = true };

    public override string Name => "SECMARK";

    public override ImmutableArray<OptionSpec> Options { get; } = [Context];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Context];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Mangle | TableSet.Security;

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Other(target.OptionText));
}
