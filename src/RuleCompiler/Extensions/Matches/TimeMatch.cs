using System.Collections.Immutable;
using RuleCompiler.Extensions.Options;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Matches;

/// <summary><c>-m time</c>: when the packet passes, which no packet tells.</summary>
/// <remarks>Source: net/netfilter/xt_time.c; extensions/libxt_time.c, <c>time_save</c>; iptables-extensions(8), time.</remarks>
internal sealed class TimeMatch : MatchExtension
{
    private const uint EndOfDay = (24 * 60 * 60) - 1;

    private static readonly TimeOfDayOption Start = new("--timestart");
    private static readonly TimeOfDayOption Stop = new("--timestop");
    private static readonly DayListOption MonthDays = new("--monthdays", 31, []) { IsNegatable = true };

    private static readonly DayListOption WeekDays =
        new("--weekdays", 7, ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]) { IsNegatable = true };

    private static readonly DateOption FirstDate = new("--datestart");
    private static readonly DateOption LastDate = new("--datestop");
    private static readonly FlagOption KernelZone = new("--kerneltz") { Aliases = ["--localtz"] };
    private static readonly FlagOption Utc = new("--utc");
    private static readonly FlagOption Contiguous = new("--contiguous");

    private static readonly DateTime LastInstant = DateTime.UnixEpoch.AddSeconds(int.MaxValue);

    public override string Name => "time";

    public override ImmutableArray<OptionSpec> Options { get; } =
        [Start, Stop, MonthDays, WeekDays, FirstDate, LastDate, KernelZone, Utc, Contiguous];

    public override ImmutableArray<ImmutableArray<OptionSpec>> ExclusiveOptions { get; } = [[KernelZone, Utc]];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Find(Contiguous) is { } contiguous && use.GetOr(Start, 0u) < use.GetOr(Stop, EndOfDay))
        {
            checker.Report(
                use, contiguous, ExtensionDiagnostics.NotWith, Contiguous.Name, $"a {Stop.Name} that is later than {Start.Name}");
        }
    }

    public override Condition Lower(BoundMatch match) => match.Unknown(isStateful: false);

    /// <summary>Both times print where one is not its default; the last date always does.</summary>
    public override void WriteOptions(BoundExtension use, RuleTextWriter writer)
    {
        var start = use.GetOr(Start, 0u);
        var stop = use.GetOr(Stop, EndOfDay);
        if (start != 0 || stop != EndOfDay)
        {
            Start.Write(start, isNegated: false, writer);
            Stop.Write(stop, isNegated: false, writer);
        }
        WriteDays(use, MonthDays, writer);
        WriteDays(use, WeekDays, writer);
        if (use.TryGet(FirstDate, out var first) && first != DateTime.UnixEpoch)
        {
            FirstDate.Write(first, isNegated: false, writer);
        }
        LastDate.Write(use.GetOr(LastDate, LastInstant), isNegated: false, writer);
        foreach (var flag in (ReadOnlySpan<FlagOption>)[KernelZone, Contiguous])
        {
            if (use.Has(flag))
            {
                writer.Option(flag.Name);
            }
        }
    }

    /// <summary>A negated list prints as the other days.</summary>
    private static void WriteDays(BoundExtension use, DayListOption spec, RuleTextWriter writer)
    {
        if (use.TryGet(spec, out var days) && (use.IsNegated(spec) ? spec.AllDays & ~days : days) is var kept && kept != spec.AllDays)
        {
            spec.Write(kept, isNegated: false, writer);
        }
    }
}
