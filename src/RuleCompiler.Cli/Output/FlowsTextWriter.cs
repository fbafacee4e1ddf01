using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Netfilter;
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
        var nameWidth = report.Flows.Max(f => f.Definition.Name.Length);
        foreach (var analysis in report.Analyses)
        {
            WriteLine(ProfileText.Line(analysis.Profile, report.Analyses.Length > 1 ? analysis.Family : null), Ansi.Dim);
            WriteLine("");
            foreach (var flow in analysis.Flows)
            {
                WriteFlow(flow, new TraceText(report.Compilation.GetRuleset(flow.Family)), nameWidth);
                output.FlushIfFull();
            }
        }
        WriteLine(report.Summary, Color(Worst()));
    }

    private void WriteFlow(Flow flow, TraceText trace, int nameWidth)
    {
        var family = report.Analyses.Length > 1 ? $"{flow.Family.Name()}  " : "";
        var number = flow.Definition.Number.ToString(CultureInfo.InvariantCulture);
        WriteLine($"{number}  {flow.Definition.Name.PadRight(nameWidth)}  {family}{flow.Status.Name()}", Color(flow.Status));
        WriteLine($"   path     {flow.Path}");
        if (flow.Status is FlowStatus.Differs or FlowStatus.Broken && flow.Definition.Article is { } article)
        {
            WriteLine($"   article  {article}");
        }
        if (flow.Note is { } note)
        {
            WriteLine($"   note     {note}", Ansi.Yellow);
        }
        WriteLine("");
        foreach (var leg in flow.Legs)
        {
            WriteLine($"   {leg.From} -> {leg.To}", Ansi.Bold);
            foreach (var line in trace.Lines([leg.Trace]))
            {
                var isLoss = line.Kind == TraceLineKind.Verdict && leg.Trace is not { Verdict: Verdict.Accept, Lost: null };
                WriteLine($"     {line.Text}", isLoss ? Ansi.Red : line.Kind == TraceLineKind.Pass ? Ansi.Dim : []);
            }
            WriteLine("");
        }
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

    private static ReadOnlySpan<byte> Color(FlowStatus status) => status switch
    {
        FlowStatus.Ok => Ansi.Green,
        FlowStatus.Differs => Ansi.Yellow,
        FlowStatus.Broken => Ansi.Red,
        _ => Ansi.Dim,
    };
}
