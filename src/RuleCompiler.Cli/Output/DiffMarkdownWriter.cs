using System.Globalization;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints a comparison as Markdown, as for a pull request: a table of the regions, then a section for each.</summary>
internal sealed class DiffMarkdownWriter(ResultOutput output, DiffReport report)
{
    private const int MostSections = 50;
    private const int MostExpressions = 12;

    public void Write()
    {
        WriteLine($"## {MarkdownText.Escape($"{report.Before.Tree.Text.Path} -> {report.After.Tree.Text.Path}")}");
        WriteLine("");
        WriteLine($"**{MarkdownText.Escape(report.Summary)}**");
        if (report.Result.Regions.IsEmpty)
        {
            return;
        }
        WriteLine("");
        WriteLine("| | hook | old | new | packet |");
        WriteLine("| ---: | --- | --- | --- | --- |");
        var number = 0;
        foreach (var region in report.Result.Regions)
        {
            WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {++number} | {region.Hook.Name()} | ")
                + $"{MarkdownText.Escape(OutcomeText.Verdict(region.Old))} | {MarkdownText.Escape(OutcomeText.Verdict(region.New))} | "
                + $"{MarkdownText.Escape(PacketExpression.Format(region.Witness))} |");
        }
        number = 0;
        foreach (var region in report.Result.Regions.Take(MostSections))
        {
            Write(region, ++number);
            output.FlushIfFull();
        }
    }

    private void Write(DiffRegion region, int number)
    {
        WriteLine("");
        WriteLine(string.Create(CultureInfo.InvariantCulture, $"### {number}. {region.Hook.Name()}: ")
            + MarkdownText.Escape($"{OutcomeText.Verdict(region.Old)} -> {OutcomeText.Verdict(region.New)}"));
        WriteLine("");
        WriteBlock("diff", [$"- {Side(region.Old)}", $"+ {Side(region.New)}"]);
        WriteLine("");
        WriteLine($"Packet: {MarkdownText.Code(PacketExpression.Format(region.Witness))}");
        foreach (var assumption in region.Assumptions)
        {
            WriteLine("");
            WriteLine($"Where {MarkdownText.Code(assumption.ToString())}");
        }
        if (!region.IsExact)
        {
            WriteLine("");
            WriteLine("Some of these packets may be treated alike:");
        }
        WriteLine("");
        WriteBlock("text", [.. region.Space.Take(MostExpressions).Select(SpaceText.Of), .. More(region)]);
    }

    private static IEnumerable<string> More(DiffRegion region) => region.Space.Length <= MostExpressions ? []
        : [string.Create(CultureInfo.InvariantCulture, $"and {region.Space.Length - MostExpressions} more")];

    private static string Side(DiffOutcome outcome) => $"{OutcomeText.Place(outcome)}  {outcome.Text}".TrimEnd();

    private void WriteBlock(string language, IEnumerable<string> lines)
    {
        string[] shown = [.. lines.Select(DisplayText.Escape)];
        var fence = MarkdownText.FenceFor(shown);
        WriteLine(fence + language);
        foreach (var line in shown)
        {
            WriteLine(line);
        }
        WriteLine(fence);
    }

    private void WriteLine(string line)
    {
        output.Buffer.Append(line);
        output.Buffer.Append((byte)'\n');
    }
}
