using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j MARK</c>: changes the packet's firewall mark, and goes on.</summary>
/// <remarks>
/// Source: net/netfilter/xt_mark.c, <c>mark_tg</c>, revision 2, which knows only <c>mark = (mark &amp; ~M) ^ V</c>;
/// extensions/libxt_MARK.c folds the other options into it. iptables-extensions(8), MARK.
/// </remarks>
internal sealed class MarkTarget : TargetExtension
{
    private static readonly MaskedNumberOption SetXor = new("--set-xmark", uint.MaxValue);
    private static readonly MaskedNumberOption SetOr = new("--set-mark", uint.MaxValue);
    private static readonly NumberOption And = new("--and-mark", 0, uint.MaxValue) { HexDigits = 1 };
    private static readonly NumberOption Or = new("--or-mark", 0, uint.MaxValue) { HexDigits = 1 };
    private static readonly NumberOption Xor = new("--xor-mark", 0, uint.MaxValue) { HexDigits = 1 };

    public override string Name => "MARK";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [SetXor, SetOr, And, Or, Xor];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[SetXor, SetOr, And, Or, Xor]];

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, ToEffect(target));

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        var effect = ToEffect(use);
        writer.Option("--set-xmark");
        writer.Word($"0x{effect.Value:x}/0x{effect.Mask:x}");
    }

    private static Effect.SetMark ToEffect(BoundExtension use) =>
        use.TryGet(SetXor, out var xmark) ? new(xmark.Number, xmark.Mask)
        : use.TryGet(SetOr, out var mark) ? new(mark.Number, mark.Number | mark.Mask)
        : use.TryGet(And, out var and) ? new(0, ~(uint)and)
        : use.TryGet(Or, out var or) ? new((uint)or, (uint)or)
        : new((uint)use.GetOr(Xor, 0ul), 0);
}
