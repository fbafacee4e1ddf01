using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints flows as Markdown, as for a pull request: a table of them, then a section for each.</summary>
/// <param name="output">Where to.</param>
/// <param name="report">The flows.</param>
/// <param name="pictures">The folder of their pictures, to be shown; null for none.</param>
internal sealed class FlowsMarkdownWriter(ResultOutput output, FlowsReport report, string? pictures)
{
    public void Write()
    {
        WriteLine($"## Flows of {MarkdownText.Escape(report.Compilation.Tree.Text.Path)}");
        WriteLine("");
        if (report.Note is { } note)
        {
            WriteLine(MarkdownText.Escape(note));
            return;
        }
        foreach (var analysis in report.Analyses)
        {
            WriteLine(MarkdownText.Escape($"{ProfileText.Line(analysis.Profile, FamilyOrNull(analysis.Family))}."));
            WriteLine("");
        }
        WriteTable();
        foreach (var flow in report.Flows)
        {
            WriteFlow(flow);
            output.FlushIfFull();
        }
    }

    private void WriteTable()
    {
        var hasFamilies = report.Analyses.Length > 1;
        WriteLine(hasFamilies ? "| flow | name | family | status | note |" : "| flow | name | status | note |");
        WriteLine(hasFamilies ? "| ---: | --- | --- | --- | --- |" : "| ---: | --- | --- | --- |");
        foreach (var flow in report.Flows)
        {
            var family = hasFamilies ? $" {flow.Family.Name()} |" : "";
            WriteLine($"| {Number(flow)} | {MarkdownText.Escape(flow.Definition.Name)} |{family} {StatusOf(flow)} | "
                + $"{MarkdownText.Escape(flow.Note ?? "")} |");
        }
        WriteLine("");
        WriteLine($"{report.Summary}.");
    }

    private void WriteFlow(Flow flow)
    {
        var family = FamilyOrNull(flow.Family) is { } known ? $" ({known.Name()})" : "";
        WriteLine("");
        WriteLine($"### {Number(flow)}. {MarkdownText.Escape(flow.Definition.Name)}{family}: {flow.Status.Name()}");
        WriteLine("");
        WriteLine($"Path: {MarkdownText.Code(flow.Path)}");
        if (flow.Status is FlowStatus.Differs or FlowStatus.Broken && flow.Definition.Article is { } article)
        {
            WriteLine("");
            WriteLine($"Article: {MarkdownText.Code(article)}");
        }
        if (pictures is not null)
        {
            var link = Path.Join(pictures, FlowPictures.FileName(report, flow)).Replace('\\', '/');
            WriteLine("");
            WriteLine($"![Flow {Number(flow)}: {MarkdownText.Escape(flow.Definition.Name)}](<{MarkdownText.Link(link)}>)");
        }
        var trace = new TraceText(report.Compilation.GetRuleset(flow.Family));
        foreach (var leg in flow.Legs)
        {
            string[] lines = [.. trace.Lines([leg.Trace]).Select(l => DisplayText.Escape(l.Text))];
            var fence = MarkdownText.FenceFor(lines);
            WriteLine("");
            WriteLine($"**{MarkdownText.Escape($"{leg.From} -> {leg.To}")}**");
            WriteLine("");
            WriteLine($"{fence}text");
            foreach (var line in lines)
            {
                WriteLine(line);
            }
            WriteLine(fence);
        }
    }

    private Family? FamilyOrNull(Family family) => report.Analyses.Length > 1 ? family : null;

    private static string Number(Flow flow) => flow.Definition.Number.ToString(CultureInfo.InvariantCulture);

    private static string StatusOf(Flow flow) => flow.Status is FlowStatus.Broken ? "**broken**" : flow.Status.Name();

    private void WriteLine(string line)
    {
        output.Buffer.Append(line);
        output.Buffer.Append((byte)'\n');
    }
}
