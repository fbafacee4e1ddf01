using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j CHECKSUM</c>: fills in a checksum that was left to the hardware, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_CHECKSUM.c; iptables-extensions(8), CHECKSUM.</remarks>
internal sealed class ChecksumTarget : TargetExtension
{
    private static readonly FlagOption Fill = new("--checksum-fill");

    public override string Name => "CHECKSUM";

    public override ImmutableArray<OptionSpec> Options { get; } = [Fill];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Fill];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Mangle;

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Other(target.OptionText));
}
