using System.Globalization;
using System.Xml;
using RuleCompiler.Linting;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a lint report as JUnit XML: a suite a dump, a case a finding, and one for a dump without any.</summary>
/// <remarks>A finding below <c>--fail-on</c> is a case that passed, with its text as output.</remarks>
internal sealed class LintJunitWriter(LintReport report) : JunitWriter
{
    protected override void WriteSuites(XmlWriter xml)
    {
        foreach (var dump in report.Dumps)
        {
            WriteSuite(xml, dump);
        }
    }

    private static void WriteSuite(XmlWriter xml, LintedDump dump)
    {
        var path = dump.Compilation?.Tree.Text.Path ?? dump.Failure?.Path ?? dump.Path;
        var findings = dump.Findings.ToArray();
        var extra = (dump.Failure is null ? 0 : 1) + dump.Undecided.Length;
        var isClean = findings.Length + extra == 0;
        StartSuite(
            xml,
            path,
            tests: isClean ? 1 : findings.Length + extra,
            failures: findings.Count(finding => dump.IsLinted && dump.IsFailure(finding)),
            errors: extra + (dump.IsLinted ? 0 : findings.Length));
        if (isClean)
        {
            WriteCase(xml, path, "lint", () => { });
        }
        if (dump.Failure is { } failure)
        {
            WriteCase(xml, path, failure.Id, () => WriteMessage(xml, "error", failure.Message, ""));
        }
        foreach (var finding in findings)
        {
            WriteCase(xml, path, NameOf(finding), () => WriteFinding(xml, dump, finding));
        }
        foreach (var undecided in dump.Undecided)
        {
            WriteCase(xml, path, $"undecided at line {undecided.Location.Start.Line}", () => WriteMessage(xml, "error", undecided.Question, ""));
        }
        xml.WriteEndElement();
    }

    private static void WriteFinding(XmlWriter xml, LintedDump dump, Finding finding)
    {
        if (!dump.IsLinted)
        {
            WriteMessage(xml, "error", finding.Message, TextOf(finding));
        }
        else if (dump.IsFailure(finding))
        {
            WriteMessage(xml, "failure", finding.Message, TextOf(finding));
        }
        else
        {
            WriteOutput(xml, $"{finding.Message}\n{TextOf(finding)}");
        }
    }

    private static string NameOf(Finding finding)
    {
        var line = finding.Location.Start.Line.ToString(CultureInfo.InvariantCulture);
        return finding.Chain is { } chain ? $"{finding.Id} {chain}{(finding.RuleNumber is { } rule ? $":{rule}" : "")} line {line}" : $"{finding.Id} line {line}";
    }

    private static string TextOf(Finding finding) => string.Join('\n', ((string?[])
    [
        finding.Location.Source.ToString(finding.Location.Span),
        .. finding.Because.Select(cause => $"line {cause.Location.Start.Line}: {cause.Label}"),
        finding.Witness is { } witness ? $"witness: {witness}{(finding.WitnessOutcome is { } outcome ? $": {outcome}" : "")}" : null,
    ]).OfType<string>());
}
