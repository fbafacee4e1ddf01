using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j RATEEST</c>: counts the packet in a rate estimator, which <c>-m rateest</c> asks, and goes on.</summary>
/// <remarks>
/// Source: net/netfilter/xt_RATEEST.c; extensions/libxt_RATEEST.c, <c>RATEEST_final_check</c>: the interval is a quarter of
/// a second doubled so many times, the averaging time an interval doubled so many times, and both print as what became
/// of them.
/// </remarks>
internal sealed class RateestTarget : TargetExtension
{
    private const int NameBytes = 15; // IFNAMSIZ without the final zero
    private const uint Quarter = 250_000;
    private const int MaxIntervalLog = 5;
    private const int MaxAverageLog = 30;

    private static readonly TruncatedTextOption EstimatorName = new("--rateest-name", NameBytes) { IsBare = true };
    private static readonly EstimatorTimeOption Interval = new("--rateest-interval");
    private static readonly EstimatorTimeOption Average = new("--rateest-ewmalog");

    public override string Name => "RATEEST";

    public override ImmutableArray<OptionSpec> Options { get; } = [EstimatorName, Interval, Average];

    public override ImmutableArray<OptionSpec> RequiredOptions => Options;

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Find(Interval) is not { Value: uint interval } intervalOption || use.Find(Average) is not { Value: uint average } averageOption)
        {
            return;
        }
        if (IntervalLog(interval) > MaxIntervalLog)
        {
            checker.Report(use, intervalOption, ExtensionDiagnostics.OutOfProportion, Interval.Name, "at most 8s");
        }
        else if (AverageLog(interval, average) is 0 or > MaxAverageLog - 1)
        {
            var atLeast = (interval / MicrosecondsPerDecay(1) / 1000).ToString("0.0", CultureInfo.InvariantCulture);
            checker.Report(
                use, averageOption, ExtensionDiagnostics.OutOfProportion, Average.Name, $"above {atLeast}ms, to go with {Interval.Name}");
        }
    }

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Other(target.OptionText));

    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        var interval = use.GetOr(Interval, 0u);
        var rounded = Quarter << IntervalLog(interval);
        EstimatorName.Write(use.GetOr(EstimatorName, ""), isNegated: false, writer);
        Interval.Write(rounded, isNegated: false, writer);
        Average.Write(rounded << AverageLog(interval, use.GetOr(Average, 0u)), isNegated: false, writer);
    }

    private static int IntervalLog(uint interval)
    {
        var log = 0;
        while (log <= MaxIntervalLog && interval > Quarter << log)
        {
            log++;
        }
        return log;
    }

    private static int AverageLog(uint interval, uint average)
    {
        var log = 0;
        while (log <= MaxAverageLog && interval / MicrosecondsPerDecay(log + 1) <= average)
        {
            log++;
        }
        return log;
    }

    /// <summary>How much an average that loses one part in 2^log each interval decays in one.</summary>
    private static double MicrosecondsPerDecay(int log) => -Math.Log(1 - Math.Pow(2, -log));
}
