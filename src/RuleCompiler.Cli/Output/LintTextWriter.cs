using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints findings to be read: each with its line, the lines that cause it, a packet that shows it, and what to do.</summary>
/// <param name="output">Where to.</param>
/// <param name="report">The findings.</param>
/// <param name="groups">Whether findings of level info are shown once a check and chain, with their count.</param>
/// <param name="usesColor">Whether to colour.</param>
internal sealed class LintTextWriter(ResultOutput output, LintReport report, bool groups, bool usesColor)
{
    private const int ShownRanges = 12;
    private const int ShownChains = 40;

    public void Write()
    {
        foreach (var dump in report.Dumps.Where(dump => dump.IsLinted))
        {
            WriteFindings(dump);
            WriteHost(dump);
            WriteFixes(dump);
        }
        WriteSummary();
    }

    /// <summary>All groups; of one check that finds the same in chain after chain, as in dumps of nodes, the first ones and a count.</summary>
    private void WriteFindings(LintedDump dump)
    {
        var shown = new Dictionary<string, int>();
        var folded = new SortedDictionary<string, (Finding First, int Chains, int Findings)>(StringComparer.Ordinal);
        foreach (var group in Groups(dump))
        {
            var first = group[0];
            if (groups && IsGrouped(first) && (shown[first.Id] = shown.GetValueOrDefault(first.Id) + 1) > ShownChains)
            {
                var (_, chains, findings) = folded.GetValueOrDefault(first.Id);
                folded[first.Id] = (first, chains + 1, findings + group.Length);
                continue;
            }
            WriteFinding(group);
            output.FlushIfFull();
        }
        foreach (var (id, (first, chains, findings)) in folded)
        {
            output.Buffer.AppendDisplayed(first.Location.Source.Path);
            output.Buffer.Append(string.Create(
                CultureInfo.InvariantCulture,
                $": {id} ({first.Descriptor.Title}) {findings} more, in {(chains == 1 ? "one other chain" : $"{chains} other chains")} (--no-group shows each)\n"));
        }
    }

    /// <summary>Findings that are shown as one, in order of the first of each.</summary>
    private IEnumerable<Finding[]> Groups(LintedDump dump) => groups
        ? dump.Findings.Select((finding, index) => (Finding: finding, Key: GroupKey(finding, index)))
            .GroupBy(item => item.Key, item => item.Finding)
            .Select(group => group.ToArray())
        : dump.Findings.Select(finding => (Finding[])[finding]);

    /// <summary>Its check and chain; a finding that stands for itself has its place as well.</summary>
    private static (string Id, Family Family, string? Chain, int Index) GroupKey(Finding finding, int index) =>
        IsGrouped(finding) ? (finding.Id, finding.Family, finding.Chain?.ToString(), -1) : (finding.Id, finding.Family, null, index);

    private static bool IsGrouped(Finding finding) => finding is { Severity: DiagnosticSeverity.Info, Chain: not null };

    private void WriteFinding(Finding[] group)
    {
        var finding = group[0];
        ProblemText.WriteLine(output.Buffer, Problem.Of(finding), usesColor);
        SourceExcerpt.Write(
            output.Buffer,
            new RelatedLocation(finding.Location, finding.Label ?? ""),
            [.. finding.Because.Select(cause => new RelatedLocation(cause.Location, cause.Label))],
            usesColor ? ProblemText.Color(finding.Severity) : []);
        if (finding.Witness is { } witness)
        {
            WriteNote("witness", finding.WitnessOutcome is { } outcome ? $"{witness}   {outcome}" : witness);
        }
        foreach (var assumption in finding.Assumptions)
        {
            WriteNote("assuming", assumption);
        }
        foreach (var fact in finding.Given)
        {
            WriteNote("given", fact);
        }
        if (finding.Fix is { } fix)
        {
            WriteNote("fix", $"{fix.Title}{HowApplied(fix)}");
        }
        if (group.Length > 1)
        {
            var chain = finding.Chain?.ToString() ?? "";
            WriteNote("found", $"{group.Length} times in chain '{chain}', at {Lines(group)} (--no-group shows each)");
        }
        WriteNote(null, $"rulec explain {finding.Id}");
    }

    private static string HowApplied(Fix fix) =>
        fix.Changes.IsEmpty ? "" : fix.KeepsBehaviour ? " (--fix)" : " (changes behaviour: not applied by --fix)";

    private void WriteNote(string? what, string text)
    {
        output.Buffer.Append("    = "u8);
        output.Buffer.Append(usesColor ? Ansi.Dim : []);
        output.Buffer.Append(what is null ? "" : $"{what}: ");
        output.Buffer.AppendDisplayed(text);
        output.Buffer.Append(usesColor ? Ansi.Reset : []);
        output.Buffer.Append((byte)'\n');
    }

    /// <summary>Such as <c>lines 5, 7 to 9, 12</c>.</summary>
    private static string Lines(Finding[] group)
    {
        var ranges = new List<(int First, int Last)>();
        foreach (var line in group.Select(finding => finding.Location.Start.Line).Distinct().Order())
        {
            if (ranges is [.., var last] && last.Last + 1 == line)
            {
                ranges[^1] = (last.First, line);
            }
            else
            {
                ranges.Add((line, line));
            }
        }
        var words = ranges.Take(ShownRanges).Select(range => string.Create(
            CultureInfo.InvariantCulture,
            $"{(range.First == range.Last ? "" : $"{range.First}{(range.First + 1 == range.Last ? ", " : " to ")}")}{range.Last}"));
        return $"{(ranges is [var (first, end)] && first == end ? "line" : "lines")} {string.Join(", ", words)}{(ranges.Count > ShownRanges ? ", ..." : "")}";
    }

    /// <summary>A host that was inferred is told where a finding rests on it.</summary>
    private void WriteHost(LintedDump dump)
    {
        if (dump.Findings.All(finding => finding.Given.IsEmpty) || dump.Host is not { IsInferred: true } host)
        {
            return;
        }
        foreach (var line in HostText.Lines(host))
        {
            output.Buffer.Append(usesColor ? Ansi.Dim : []);
            output.Buffer.Append(line);
            output.Buffer.Append(usesColor ? Ansi.Reset : []);
            output.Buffer.Append((byte)'\n');
        }
    }

    /// <summary>What <c>--fix</c> did, by check, and what it left as it was.</summary>
    private void WriteFixes(LintedDump dump)
    {
        if (dump.Fixes is not { } fixes)
        {
            return;
        }
        foreach (var group in fixes.Fixed.GroupBy(finding => finding.Descriptor).OrderBy(group => group.Key.Id, StringComparer.Ordinal))
        {
            output.Buffer.AppendDisplayed(fixes.Before.Tree.Text.Path);
            var times = group.Count() == 1 ? "once" : string.Create(CultureInfo.InvariantCulture, $"{group.Count()} times");
            output.Buffer.Append($": fixed {group.Key.Id} ({group.Key.Title}), {times}\n");
        }
        if (fixes.Refused.Length > 0)
        {
            output.Buffer.AppendDisplayed(fixes.Before.Tree.Text.Path);
            output.Buffer.Append(string.Create(
                CultureInfo.InvariantCulture,
                $": left {fixes.Refused.Length} as they were, since it is not proven that no packet's outcome would change\n"));
        }
    }

    private void WriteSummary()
    {
        var failed = report.Dumps.Count(dump => !dump.IsLinted);
        (int Count, string Word)[] rest =
        [
            (report.FixedCount, "fixed"),
            (report.SuppressedCount, "suppressed"),
            (report.BaselineCount, "in the baseline"),
            (report.UndecidedCount, "undecided"),
            (failed, "not linted"),
        ];
        var files = report.Dumps.Length == 1 ? "1 file" : $"{report.Dumps.Length} files";
        var counts = FindingCounts(report) is { Length: > 0 } told ? told : failed == report.Dumps.Length ? null : "nothing found";
        var color = report.Count(DiagnosticSeverity.Error) > 0 ? Ansi.Red : report.Count(DiagnosticSeverity.Warning) > 0 ? Ansi.Yellow : Ansi.Green;
        output.Buffer.Append(usesColor ? color : []);
        output.Buffer.Append($"{files}: {string.Join("; ", ((string?[])[counts, .. Told(rest)]).OfType<string>())}");
        output.Buffer.Append(usesColor ? Ansi.Reset : []);
        output.Buffer.Append((byte)'\n');
    }

    /// <summary>How many findings there are, by severity: <c>1 error, 2 info</c>; empty where there are none.</summary>
    public static string FindingCounts(LintReport report) => string.Join(", ", Told(
    [
        (report.Count(DiagnosticSeverity.Error), report.Count(DiagnosticSeverity.Error) == 1 ? "error" : "errors"),
        (report.Count(DiagnosticSeverity.Warning), report.Count(DiagnosticSeverity.Warning) == 1 ? "warning" : "warnings"),
        (report.Count(DiagnosticSeverity.Info), "info"),
    ]));

    private static IEnumerable<string> Told(IEnumerable<(int Count, string Word)> counts) =>
        counts.Where(count => count.Count > 0).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Count} {count.Word}"));
}
