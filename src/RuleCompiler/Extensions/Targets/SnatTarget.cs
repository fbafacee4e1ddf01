using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j SNAT</c>: the connection leaves with another source address or port.</summary>
/// <remarks>Source: net/netfilter/xt_nat.c; iptables-extensions(8), SNAT.</remarks>
internal sealed class SnatTarget : NatTarget
{
    private static readonly NatRangeOption To = new("--to-source");
    private static readonly FlagOption Random = new("--random");
    private static readonly FlagOption RandomFully = new("--random-fully");
    private static readonly FlagOption Persistent = new("--persistent");

    public override string Name => "SNAT";

    public override ImmutableArray<OptionSpec> Options { get; } = [To, Random, RandomFully, Persistent];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [To];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Postrouting | HookSet.Input;

    public override RuleAction Lower(BoundTarget target) => new(
        ActionKind.Snat,
        Name,
        target.GetOr(To, default).ToEffect(
            (target.Has(Random) ? TranslateFlags.Random : TranslateFlags.None)
            | (target.Has(RandomFully) ? TranslateFlags.RandomFully : TranslateFlags.None)
            | (target.Has(Persistent) ? TranslateFlags.Persistent : TranslateFlags.None)));
}
