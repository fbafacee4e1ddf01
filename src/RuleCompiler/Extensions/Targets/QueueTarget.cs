using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j QUEUE</c>: hands the packet to whoever listens to queue 0; without a listener it is lost.</summary>
/// <remarks>Source: include/uapi/linux/netfilter.h, <c>NF_QUEUE</c>; net/netfilter/nf_queue.c.</remarks>
internal sealed class QueueTarget : TargetExtension
{
    private static readonly RuleAction Action = new(ActionKind.Queue, "QUEUE", new Effect.ToQueue(0, 0, Bypass: false));

    public override string Name => "QUEUE";

    public override ImmutableArray<OptionSpec> Options => [];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Context.Flavour == Flavour.Nft)
        {
            checker.Report(use, TargetDiagnostics.NoQueueInNft);
        }
    }

    public override RuleAction Lower(BoundTarget target) => Action;
}
