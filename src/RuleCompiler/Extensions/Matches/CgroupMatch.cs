using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m cgroup</c>: the control group of the sending process, which no packet tells.</summary>
/// <remarks>Source: net/netfilter/xt_cgroup.c; iptables-extensions(8), cgroup.</remarks>
internal sealed class CgroupMatch : MatchExtension
{
    private static readonly TextOption Path = new("--path", 511) { IsNegatable = true };

    private static readonly NumberOption Class = new("--cgroup", 0, uint.MaxValue) { IsNegatable = true };

    public override string Name => "cgroup";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Path, Class];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Path, Class]];

    /// <summary>Where a packet may have a socket of this host.</summary>
    public override HookSet HooksFor(BoundExtension use) => HookSet.Input | HookSet.Output | HookSet.Postrouting;

    public override Condition Lower(BoundMatch match) => Condition.AllOf(match.UnknownTest(Path), match.UnknownTest(Class));
}
