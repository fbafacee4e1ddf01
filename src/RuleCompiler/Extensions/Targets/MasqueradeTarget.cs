using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j MASQUERADE</c>: the connection leaves with the outgoing interface's own address as its source.</summary>
/// <remarks>Source: net/netfilter/nf_nat_masquerade.c; iptables-extensions(8), MASQUERADE.</remarks>
internal sealed class MasqueradeTarget : NatTarget
{
    private static readonly NatPortsOption Ports = new("--to-ports");
    private static readonly FlagOption Random = new("--random");
    private static readonly FlagOption RandomFully = new("--random-fully");

    public override string Name => "MASQUERADE";

    public override ImmutableArray<OptionSpec> Options { get; } = [Ports, Random, RandomFully];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Postrouting;

    public override RuleAction Lower(BoundTarget target) => new(
        ActionKind.Masquerade,
        Name,
        new NatRange(null, null, target.TryGet(Ports, out var ports) ? ports : null).ToEffect(
            (target.Has(Random) ? TranslateFlags.Random : TranslateFlags.None)
            | (target.Has(RandomFully) ? TranslateFlags.RandomFully : TranslateFlags.None)));
}
