using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j TTL</c>: changes the time to live of an IPv4 packet, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_HL.c, <c>ttl_tg</c>; iptables-extensions(8), TTL.</remarks>
internal sealed class TtlTarget : TargetExtension
{
    private static readonly NumberOption Set = new("--ttl-set", 0, byte.MaxValue);
    private static readonly NumberOption Decrease = new("--ttl-dec", 1, byte.MaxValue);
    private static readonly NumberOption Increase = new("--ttl-inc", 1, byte.MaxValue);

    public override string Name => "TTL";

    public override Family? OnlyFamily => Family.IPv4;

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Set, Decrease, Increase];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Set, Decrease, Increase]];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Mangle;

    public override RuleAction Lower(BoundTarget target) => new(
        ActionKind.Continue,
        Name,
        target.TryGet(Set, out var hops) ? new Effect.SetTtl(IsRelative: false, (int)hops)
            : target.TryGet(Decrease, out hops) ? new Effect.SetTtl(IsRelative: true, -(int)hops)
            : new Effect.SetTtl(IsRelative: true, (int)target.GetOr(Increase, 0ul)));
}
