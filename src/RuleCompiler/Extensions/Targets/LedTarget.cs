using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j LED</c>: lights a lamp of the machine, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_LED.c; iptables-extensions(8), LED.</remarks>
internal sealed class LedTarget : TargetExtension
{
    private static readonly QuotedTextOption Trigger = new("--led-trigger-id", 16);
    private static readonly DelayOption Delay = new("--led-delay");
    private static readonly FlagOption Blink = new("--led-always-blink");

    public override string Name => "LED";

    public override ImmutableArray<OptionSpec> Options { get; } = [Trigger, Delay, Blink];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Trigger];

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Other(target.OptionText));
}
