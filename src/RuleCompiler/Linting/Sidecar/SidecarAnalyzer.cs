using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>What decides a check of a mesh's rules; there is nothing to decide in a dump without one.</summary>
internal abstract class SidecarAnalyzer : LintAnalyzer
{
    public sealed override IEnumerable<Finding> Analyze(LintContext context) =>
        context.Mesh is { } mesh ? Analyze(context, mesh) : [];

    /// <summary>Looks at one family of a dump with a mesh's rules.</summary>
    protected abstract IEnumerable<Finding> Analyze(LintContext context, Mesh mesh);

    /// <summary>The same finding with the packet that shows it.</summary>
    protected static Finding Show(Finding finding, Packet packet, string outcome) => finding with
    {
        Witness = PacketExpression.Format(packet),
        WitnessOutcome = outcome,
    };

    /// <summary>The redirect as cause of a finding at the rule that led there; none where the two are one.</summary>
    protected static Finding Blame(LintContext context, Finding finding, Capture capture) =>
        capture.Redirect == capture.Decider ? finding : finding with
        {
            Because = finding.Because.Add(context.CauseAt(
                capture.Redirect, string.Create(CultureInfo.InvariantCulture, $"leads them to port {capture.Port}"))),
        };

    /// <summary>Whether a trace's packet was stopped.</summary>
    protected static bool IsStopped(Trace trace) => trace.Verdict is not Verdict.Accept;
}
