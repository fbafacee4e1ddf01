using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m statistic</c>: a share of the packets, by chance or every n-th.</summary>
/// <remarks>
/// Source: net/netfilter/xt_statistic.c; iptables-extensions(8), statistic. Probability 0 and 1, and every first packet,
/// are decided without knowing the packet.
/// </remarks>
internal sealed class StatisticMatch : MatchExtension
{
    private const ulong Random = 0;

    private const ulong Nth = 1;

    private static readonly KeywordOption Mode = new("--mode", [("random", Random), ("nth", Nth)]) { IsCaseSensitive = true };
    private static readonly ProbabilityOption Probability = new("--probability") { IsNegatable = true };
    private static readonly NumberOption Every = new("--every", 1, uint.MaxValue) { IsNegatable = true };
    private static readonly NumberOption Packet = new("--packet", 0, uint.MaxValue);

    public override string Name => "statistic";

    public override ImmutableArray<OptionSpec> Options { get; } = [Mode, Probability, Every, Packet];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Mode];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } =
        [[Probability, Every], [Probability, Packet]];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Find(Mode) is not { } mode)
        {
            return;
        }
        if ((ulong)mode.Value == Random)
        {
            if (!use.Has(Probability))
            {
                checker.Report(use, mode, ExtensionDiagnostics.NeedsOther, "--mode random", Probability.Name);
            }
        }
        else if (!use.Has(Every))
        {
            checker.Report(use, mode, ExtensionDiagnostics.NeedsOther, "--mode nth", Every.Name);
        }
        else if (use.Find(Packet) is not { } packet)
        {
            checker.Report(use, mode, ExtensionDiagnostics.NeedsOther, Every.Name, Packet.Name);
        }
        else if ((ulong)packet.Value >= use.GetOr(Every, 1ul))
        {
            checker.Report(
                use,
                packet,
                ExtensionDiagnostics.OutOfProportion,
                Packet.Name,
                string.Create(CultureInfo.InvariantCulture, $"below {use.GetOr(Every, 1ul)}"));
        }
    }

    public override Condition Lower(BoundMatch match)
    {
        if (match.TryGet(Probability, out var share) && share.Parts is 0 or ProbabilityOption.Share.Certain)
        {
            return share.Parts == 0 == match.IsNegated(Probability) ? Condition.Always : Condition.Never;
        }
        if (match.GetOr(Every, 0ul) == 1)
        {
            return match.IsNegated(Every) ? Condition.Never : Condition.Always;
        }
        return match.Unknown(isStateful: true);
    }
}
