using RuleCompiler.Flows;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Prints flows as text: a headline each, the path, and every connection with the rules that took it.</summary>
internal sealed class FlowsTextWriter(ResultOutput output, FlowsReport report, bool usesColor)
{
    public void Write()
    {
        if (report.Note is { } note)
        {
            WriteLine($"{report.Compilation.Tree.Text.Path}: {note}");
            return;
        }
        if (report.Host.IsInferred)
        {
            foreach (var line in HostText.Lines(report.Host))
            {
                WriteLine(line, Ansi.Dim);
            }
            WriteLine("");
        }
        var nameWidth = FlowText.NameWidth(report.Analyses);
        foreach (var analysis in report.Analyses)
        {
            WriteLine(ProfileText.Line(analysis.Profile, report.Analyses.Length > 1 ? analysis.Family : null), Ansi.Dim);
            WriteLine("");
            var text = new FlowText(report.Compilation.GetRuleset(analysis.Family), nameWidth, report.Analyses.Length > 1);
            foreach (var flow in analysis.Flows)
            {
                foreach (var (kind, line) in text.Lines(flow))
                {
                    WriteLine(line, Color(kind, flow.Status));
                }
                output.FlushIfFull();
            }
        }
        WriteLine(report.Summary, Color(Worst()));
    }

    private FlowStatus Worst() => report.Count(FlowStatus.Broken) > 0 ? FlowStatus.Broken
        : report.Count(FlowStatus.Differs) > 0 ? FlowStatus.Differs
        : FlowStatus.Ok;

    private void WriteLine(string line, ReadOnlySpan<byte> color = default)
    {
        output.Buffer.Append(usesColor ? color : []);
        output.Buffer.Append(DisplayText.Escape(line));
        output.Buffer.Append(usesColor && !color.IsEmpty ? Ansi.Reset : []);
        output.Buffer.Append((byte)'\n');
    }

    private static ReadOnlySpan<byte> Color(FlowLineKind kind, FlowStatus status) => kind switch
    {
        FlowLineKind.Heading => Color(status),
        FlowLineKind.Note => Ansi.Yellow,
        FlowLineKind.Leg => Ansi.Bold,
        FlowLineKind.Loss => Ansi.Red,
        FlowLineKind.Pass => Ansi.Dim,
        _ => [],
    };

    private static ReadOnlySpan<byte> Color(FlowStatus status) => status switch
    {
        FlowStatus.Ok => Ansi.Green,
        FlowStatus.Differs => Ansi.Yellow,
        FlowStatus.Broken => Ansi.Red,
        _ => Ansi.Dim,
    };
}
