using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j NFQUEUE</c>: hands the packet to a program that listens to a queue.</summary>
/// <remarks>Source: net/netfilter/xt_NFQUEUE.c, revision 3; iptables-extensions(8), NFQUEUE.</remarks>
internal sealed class NfqueueTarget : TargetExtension
{
    private static readonly NumberOption Number = new("--queue-num", 0, ushort.MaxValue);
    private static readonly QueueRangeOption Balance = new("--queue-balance");
    private static readonly FlagOption Bypass = new("--queue-bypass");
    private static readonly FlagOption CpuFanout = new("--queue-cpu-fanout");

    public override string Name => "NFQUEUE";

    public override ImmutableArray<OptionSpec> Options { get; } = [Number, Balance, Bypass, CpuFanout];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[Number, Balance]];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Find(CpuFanout) is { } fanout && !use.Has(Balance))
        {
            checker.Report(use, fanout, ExtensionDiagnostics.NeedsOther, CpuFanout.Name, Balance.Name);
        }
    }

    public override RuleAction Lower(BoundTarget target)
    {
        var single = target.GetOr(Number, 0ul);
        var queues = target.GetOr(Balance, new NumberRange(single, single));
        return new RuleAction(
            ActionKind.Queue, Name, new Effect.ToQueue((ushort)queues.Low, (ushort)queues.High, target.Has(Bypass)));
    }

    /// <summary>Queue 0 is printed too where nothing was given.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        if (!use.Has(Number) && !use.Has(Balance))
        {
            writer.Option(Number.Name);
            writer.Number(0);
        }
        base.WriteOptions(use, writer);
    }
}
