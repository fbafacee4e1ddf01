using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j HL</c>: changes the hop limit of an IPv6 packet, and goes on.</summary>
/// <remarks>Source: net/netfilter/xt_HL.c, <c>hl_tg6</c>; iptables-extensions(8), HL.</remarks>
internal sealed class HlTarget : TargetExtension
{
    private static readonly NumberOption Set = new("--hl-set", 0, byte.MaxValue);
    private static readonly NumberOption Decrease = new("--hl-dec", 1, byte.MaxValue);
    private static readonly NumberOption Increase = new("--hl-inc", 1, byte.MaxValue);

    public override string Name => "HL";

    public override Family? OnlyFamily => Family.IPv6;

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
