using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Extensions.Options;

namespace RuleCompiler.Extensions.Targets;

/// <summary><c>-j IDLETIMER</c>: restarts a timer that tells user space when no packet came for a while, and goes on.</summary>
/// <remarks>
/// Source: net/netfilter/xt_IDLETIMER.c, <c>idletimer_tg_checkentry</c>: the time is counted in milliseconds of
/// 31 bits; <c>idletimer_check_sysfs_name</c>. iptables-extensions(8), IDLETIMER.
/// </remarks>
internal sealed class IdletimerTarget : TargetExtension
{
    private const uint MaxSeconds = (int.MaxValue / 1000) - 1;

    private static readonly NumberOption Timeout = new("--timeout", 1, MaxSeconds);
    private static readonly TruncatedTextOption Label = new("--label", 27) { IsBare = true };
    private static readonly ImmutableArray<string> ReservedNames = ["power", "subsystem", "uevent"];
    private static readonly FlagOption Alarm = new("--alarm");

    public override string Name => "IDLETIMER";

    public override ImmutableArray<OptionSpec> Options { get; } = [Timeout, Label, Alarm];

    public override ImmutableArray<OptionSpec> RequiredOptions { get; } = [Timeout, Label];

    public override void Check(BoundExtension use, ExtensionChecker checker)
    {
        if (use.Find(Label) is { Value: string label } option && (!WordOption.IsFileName(label) || ReservedNames.Contains(label)))
        {
            checker.Report(use, option, OptionDiagnostics.BadValue, label, "a name that a file in /sys could have");
        }
    }

    public override RuleAction Lower(BoundTarget target) => new(ActionKind.Continue, Name, new Effect.Other(target.OptionText));
}
