using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j CLASSIFY</c>: chooses the traffic class in which the packet waits to leave, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_CLASSIFY.c; iptables-extensions(8), CLASSIFY.</remarks>
internal sealed class ClassifyTarget : TargetExtension
{
    private static readonly ClassOption Class = new("--set-class");

    public override string Name => "CLASSIFY";

    public override ImmutableArray<OptionSpec> Options { get; } = [Class];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Class];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Forward | HookSet.Output | HookSet.Postrouting;

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Other(target.OptionText));
}
