using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j TCPMSS</c>: lowers the segment size that a SYN announces, and goes on.</summary>
/// <remarks>
/// Source: net/netfilter/xt_TCPMSS.c, <c>tcpmss_tg4_check</c>; iptables-extensions(8), TCPMSS.
/// The path's size is known only where the outgoing route is. x_tables refuses a rule that does not ask for SYN.
/// </remarks>
internal sealed class TcpmssTarget : TargetExtension
{
    private static readonly SegmentSizeOption Size = new("--set-mss");
    private static readonly FlagOption Clamp = new("--clamp-mss-to-pmtu");

    public override string Name => "TCPMSS";

    public override bool NeedsAnOption => true;

    public override ImmutableArray<OptionSpec> Options { get; } = [Clamp, Size];

    public override ImmutableArray<byte> Protocols { get; } = [IpProtocol.Tcp];

    public override HookSet HooksFor(BoundExtension use) =>
        IsClamped(use) ? HookSet.Forward | HookSet.Output | HookSet.Postrouting : HookSet.All;

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Context is { Flavour: Flavour.Legacy, AsksForSyn: false } && use.Context.IsOnly(IpProtocol.Tcp))
        {
            checker.Report(use, TargetDiagnostics.NeedsSyn, Name);
        }
    }

    public override RuleAction Lower(BoundTarget target) => new(
        ActionKind.Continue,
        Name,
        new Effect.LowerSegmentSize(!IsClamped(target) && target.TryGet(Size, out var size) ? (ushort)size : null, target.OptionText));

    /// <summary>The last of both options is what the rule says.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        if (use.Options is [.., var last])
        {
            last.Spec.Write(last.Value, false, writer);
        }
    }

    private static bool IsClamped(BoundExtension use) => use.Options is [.., var last] && last.Spec == Clamp;
}
