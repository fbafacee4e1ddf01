using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RuleCompiler.Binding;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Flows;

/// <summary>Tells flows as text: a headline each, the path, and every connection with the rules that took it.</summary>
/// <remarks>Snapshots hold this text, so it has no times, paths or counters.</remarks>
internal sealed class FlowText
{
    private readonly TraceText _trace;
    private readonly int _nameWidth;
    private readonly bool _namesFamily;

    /// <param name="ruleset">The rules that the flows met.</param>
    /// <param name="nameWidth">The width of the longest flow's name.</param>
    /// <param name="namesFamily">Whether headlines name the family.</param>
    /// <param name="omitsComments">Whether rules are told without their comments.</param>
    public FlowText(BoundRuleset? ruleset, int nameWidth, bool namesFamily, bool omitsComments = false)
    {
        _trace = new TraceText(ruleset, omitsComments);
        _nameWidth = nameWidth;
        _namesFamily = namesFamily;
    }

    /// <summary>The lines of one flow, not escaped for a terminal.</summary>
    public IEnumerable<(FlowLineKind Kind, string Text)> Lines(Flow flow)
    {
        var family = _namesFamily ? $"{flow.Family.Name()}  " : "";
        var number = flow.Definition.Number.ToString(CultureInfo.InvariantCulture);
        yield return (FlowLineKind.Heading, $"{number}  {flow.Definition.Name.PadRight(_nameWidth)}  {family}{flow.Status.Name()}");
        yield return (FlowLineKind.Path, $"   path     {flow.Path}");
        if (flow.Status is FlowStatus.Differs or FlowStatus.Broken && flow.Definition.Article is { } article)
        {
            yield return (FlowLineKind.Article, $"   article  {article}");
        }
        if (flow.Note is { } note)
        {
            yield return (FlowLineKind.Note, $"   note     {note}");
        }
        yield return (FlowLineKind.Blank, "");
        foreach (var leg in flow.Legs)
        {
            yield return (FlowLineKind.Leg, $"   {leg.From} -> {leg.To}");
            foreach (var line in _trace.Lines([leg.Trace]))
            {
                var isLoss = line.Kind == TraceLineKind.Verdict && leg.Trace is not { Verdict: Verdict.Accept, Lost: null };
                var kind = isLoss ? FlowLineKind.Loss : line.Kind == TraceLineKind.Pass ? FlowLineKind.Pass : FlowLineKind.Trace;
                yield return (kind, $"     {line.Text}");
            }
            yield return (FlowLineKind.Blank, "");
        }
    }

    /// <summary>A flow as one text, without a blank line at its end: what snapshots hold.</summary>
    public string Write(Flow flow)
    {
        var text = new StringBuilder();
        foreach (var (_, line) in Lines(flow))
        {
            text.Append(line.TrimEnd()).Append('\n');
        }
        return $"{text.ToString().TrimEnd('\n')}\n";
    }

    /// <summary>The width of the longest name.</summary>
    public static int NameWidth(ImmutableArray<FlowAnalysis> analyses) =>
        analyses.SelectMany(a => a.Flows).Max(f => f.Definition.Name.Length);
}
