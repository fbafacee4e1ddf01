using RuleCompiler.Linting;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints findings as annotations of GitHub Actions.</summary>
internal static class LintGitHubWriter
{
    public static void Write(ResultOutput output, LintReport report)
    {
        foreach (var failure in report.Dumps.Select(dump => dump.Failure).OfType<Problem>())
        {
            GitHubCommand.Write(output.Buffer, "error", failure.Path, new LinePosition(1, 1), failure.Id, failure.Message);
        }
        foreach (var finding in report.Findings)
        {
            var command = Problem.Word(finding.Severity) is var word and not "info" ? word : "notice";
            GitHubCommand.Write(
                output.Buffer, command, finding.Location.Source.Path, finding.Location.Start, $"{finding.Id} {finding.Descriptor.Title}", Message(finding));
            output.FlushIfFull();
        }
    }

    private static string Message(Finding finding)
    {
        var causes = finding.Because.Select(cause => $"line {cause.Location.Start.Line}: {cause.Label}");
        var witness = finding switch
        {
            { Witness: { } packet, WitnessOutcome: { } outcome } => $"witness: {packet}: {outcome}",
            { Witness: { } packet } => $"witness: {packet}",
            _ => null,
        };
        return string.Join('\n', ((string?[])[finding.Message, .. causes, witness]).OfType<string>());
    }
}
