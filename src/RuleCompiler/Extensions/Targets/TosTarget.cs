using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j TOS</c>: changes the type-of-service byte (IPv6: traffic class), and goes on.</summary>
/// <remarks>
/// Source: net/netfilter/xt_DSCP.c, <c>tos_tg</c>, which knows only <c>tos = (tos &amp; ~M) ^ V</c>;
/// extensions/libxt_TOS.c folds the other options into it. iptables-extensions(8), TOS.
/// </remarks>
internal sealed class TosTarget : TargetExtension
{
    private static readonly TosOption Set = new("--set-tos");
    private static readonly NumberOption And = new("--and-tos", 0, byte.MaxValue);
    private static readonly NumberOption Or = new("--or-tos", 0, byte.MaxValue);
    private static readonly NumberOption Xor = new("--xor-tos", 0, byte.MaxValue);

    public override string Name => "TOS";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Set, And, Or, Xor];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Set, And, Or, Xor]];

    public override TableSet TablesFor(BoundExtension use) => TableSet.Mangle;

    public override RuleAction Lower(BoundTarget target)
    {
        var tos = ValueOf(target);
        return new RuleAction(ActionKind.Continue, Name, new Effect.SetTos(tos.Number, tos.Mask));
    }

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer) => Set.Write(ValueOf(use), false, writer);

    private static TosOption.Value ValueOf(BoundExtension use) =>
        use.TryGet(Set, out var tos) ? tos
        : use.TryGet(And, out var and) ? new(0, (byte)~and)
        : use.TryGet(Or, out var or) ? new((byte)or, (byte)or)
        : new((byte)use.GetOr(Xor, 0ul), 0);
}
