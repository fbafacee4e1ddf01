using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j DNAT</c>: sends the connection to another address or port.</summary>
/// <remarks>Source: net/netfilter/xt_nat.c, revision 2; iptables-extensions(8), DNAT.</remarks>
internal sealed class DnatTarget : NatTarget
{
    private static readonly NatRangeOption To = new("--to-destination");
    private static readonly FlagOption Random = new("--random");
    private static readonly FlagOption Persistent = new("--persistent");

    public override string Name => "DNAT";

    public override ImmutableArray<OptionSpec> Options { get; } = [To, Random, Persistent];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [To];

    public override HookSet HooksFor(BoundExtension use) => HookSet.Prerouting | HookSet.Output;

    public override RuleAction Lower(BoundTarget target) => new(
        ActionKind.Dnat,
        Name,
        target.GetOr(To, default).ToEffect(
            (target.Has(Random) ? TranslateFlags.Random : TranslateFlags.None)
            | (target.Has(Persistent) ? TranslateFlags.Persistent : TranslateFlags.None)));
}
