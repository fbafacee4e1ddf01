using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m rateest</c>: compares rates that RATEEST rules have measured, with each other or with a fixed one.</summary>
/// <remarks>
/// Source: net/netfilter/xt_rateest.c; extensions/libxt_rateest.c, <c>rateest_save</c>; iptables-extensions(8), rateest.
/// The fixed rate of a single estimator is its second one, from which <c>--rateest-delta</c> tells the first.
/// </remarks>
internal sealed class RateestMatch : MatchExtension
{
    private const int NameBytes = 15; // IFNAMSIZ without the final zero

    private static readonly FlagOption Delta = new("--rateest-delta");

    private static readonly TruncatedTextOption First =
        new("--rateest", NameBytes) { Aliases = ["--rateest1"], IsBare = true };

    private static readonly TruncatedTextOption Second = new("--rateest2", NameBytes) { IsBare = true };
    private static readonly FlagOption Less = new("--rateest-lt") { IsNegatable = true };
    private static readonly FlagOption Greater = new("--rateest-gt") { IsNegatable = true };
    private static readonly FlagOption Equal = new("--rateest-eq") { IsNegatable = true };
    private static readonly BitRateOption FirstBits = new("--rateest-bps1");
    private static readonly BitRateOption SecondBits = new("--rateest-bps2") { Aliases = ["--rateest-bps"] };
    private static readonly PacketRateOption FirstPackets = new("--rateest-pps1");
    private static readonly PacketRateOption SecondPackets = new("--rateest-pps2") { Aliases = ["--rateest-pps"] };

    private static readonly ImmutableArray<OptionSpec> Comparisons = [Less, Greater, Equal];

    private static readonly ImmutableArray<OptionSpec> Rates = [SecondBits, SecondPackets, FirstBits, FirstPackets];

    public override string Name => "rateest";

    public override ImmutableArray<OptionSpec> Options { get; } = [Delta, First, Second, .. Comparisons, .. Rates];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [First];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        foreach (var group in (ReadOnlySpan<ImmutableArray<OptionSpec>>)[Comparisons, Rates])
        {
            if (!group.Any(use.Has))
            {
                checker.Report(use, ExtensionDiagnostics.NeedsOneOf, Name, string.Join(", ", group.Select(spec => spec.Name)));
            }
        }
    }

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: true);

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        if (use.Has(Delta))
        {
            writer.Option(Delta.Name);
        }
        var hasSecond = use.TryGet(Second, out var second);
        writer.Option(hasSecond ? "--rateest1" : First.Name);
        writer.Word(use.GetOr(First, ""));
        WriteComparison(use, "--rateest-bps", FirstBits, SecondBits, writer);
        WriteComparison(use, "--rateest-pps", FirstPackets, SecondPackets, writer);
        if (hasSecond)
        {
            Second.Write(second ?? "", isNegated: false, writer);
        }
    }

    /// <summary>One unit's rates; of several comparisons the last given counts.</summary>
    private static void WriteComparison(
        BoundExtension use, string unit, OptionSpec<uint> firstRate, OptionSpec<uint> secondRate, RuleTextWriter writer)
    {
        if (!use.Has(firstRate) && !use.Has(secondRate))
        {
            return;
        }
        var isDelta = use.Has(Delta);
        if (isDelta)
        {
            firstRate.Write(use.GetOr(firstRate, 0u), isNegated: false, writer);
        }
        // None where the rule is reported for it.
        if (use.Options.LastOrDefault(option => Comparisons.Contains(option.Spec)) is { Spec: { } comparison })
        {
            writer.Option(comparison.Name, Comparisons.Any(use.IsNegated));
        }
        writer.Option(isDelta ? secondRate.Name : unit);
        if (isDelta || !use.Has(Second))
        {
            secondRate.WriteValue(use.GetOr(secondRate, 0u), writer);
        }
    }
}
