using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using RuleCompiler.Binding;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Evaluation;

/// <summary>Tells a trace as text: the packet, a step a line in aligned columns, and what became of it.</summary>
/// <remarks>
/// The columns are hook, table, chain and rule number, the rule's text, what it did. Snapshots hold this text,
/// so it has no times, paths or counters, and the same trace always gives the same lines.
/// </remarks>
internal sealed class TraceText
{
    /// <summary>A longer rule does not push the last column out; its line continues behind it.</summary>
    private const int MaxRuleWidth = 64;

    private readonly BoundRuleset? _ruleset;
    private readonly bool _omitsComments;

    /// <param name="ruleset">The rules of the packets' family; null where the dump has none.</param>
    /// <param name="omitsComments">Whether rules are told without their comments, which say nothing of what they do.</param>
    public TraceText(BoundRuleset? ruleset, bool omitsComments = false)
    {
        _ruleset = ruleset;
        _omitsComments = omitsComments;
    }

    /// <summary>The lines of one packet's traces, one after the other.</summary>
    /// <param name="outcomes">The packet's traces, one for each outcome of its unknowns.</param>
    public ImmutableArray<TraceLine> Lines(ImmutableArray<Trace> outcomes)
    {
        var lines = ImmutableArray.CreateBuilder<TraceLine>();
        for (var i = 0; i < outcomes.Length; i++)
        {
            var trace = outcomes[i];
            var heading = PacketExpression.Format(trace.Packet);
            lines.Add(new(TraceLineKind.Packet, outcomes.Length == 1
                ? heading
                : string.Create(CultureInfo.InvariantCulture, $"{heading}  (outcome {i + 1} of {outcomes.Length})")));
            AddSteps(lines, trace);
            AddEnd(lines, trace);
        }
        return lines.DrainToImmutable();
    }

    /// <summary>The lines as one text, each outcome a paragraph: what snapshots hold.</summary>
    /// <param name="outcomes">The packet's traces.</param>
    public string Write(ImmutableArray<Trace> outcomes)
    {
        var text = new StringBuilder();
        foreach (var line in Lines(outcomes))
        {
            text.Append(line.Kind == TraceLineKind.Packet && text.Length > 0 ? "\n" : "").Append(line.Text).Append('\n');
        }
        return text.ToString();
    }

    private void AddSteps(ImmutableArray<TraceLine>.Builder lines, Trace trace)
    {
        var rows = StepTexts(trace);
        if (rows.Count == 0)
        {
            lines.Add(new(TraceLineKind.Step, "  meets no rule"));
            return;
        }
        var hookWidth = rows.Max(row => row.Hook.Length);
        var tableWidth = rows.Max(row => row.Table.Length);
        var placeWidth = rows.Max(row => row.Place.Length);
        var ruleWidth = Math.Min(MaxRuleWidth, rows.Max(row => row.Rule.Length));
        var pass = 1;
        for (var i = 0; i < rows.Count; i++)
        {
            var step = trace.Steps[i];
            if (step.Pass != pass)
            {
                pass = step.Pass;
                lines.Add(new(TraceLineKind.Pass, "  and in again by lo"));
            }
            var row = rows[i];
            var text = $"  {row.Hook.PadRight(hookWidth)}  {row.Table.PadRight(tableWidth)}  {row.Place.PadRight(placeWidth)}  "
                + $"{row.Rule.PadRight(ruleWidth)}  {row.Deed}";
            lines.Add(new(step.IsMatch ? TraceLineKind.Step : TraceLineKind.PassedRule, text.TrimEnd()));
        }
    }

    private List<(string Hook, string Table, string Place, string Rule, string Deed)> StepTexts(Trace trace)
    {
        var rows = new List<(string, string, string, string, string)>(trace.Steps.Length);
        var rewrites = new Queue<Rewrite>(trace.Rewrites);
        foreach (var step in trace.Steps)
        {
            var place = step.Rule is { } number
                ? string.Create(CultureInfo.InvariantCulture, $"{step.Chain}#{number}")
                : step.Chain;
            rows.Add((
                step.Hook.Name(), step.Table.Name(), DisplayText.Escape(place), RuleText(step),
                DisplayText.Escape(StepDeed.Describe(step, rewrites))));
        }
        return rows;
    }

    /// <summary>The rule as the dump has it, without the chain that the column before names.</summary>
    private string RuleText(TraceStep step)
    {
        if (step.Rule is not { } number)
        {
            return $"policy {step.Target}";
        }
        var chain = _ruleset?.Chains.FirstOrDefault(c => c.Symbol.Table == step.Table && c.Symbol.Name == step.Chain);
        if (_ruleset is null || chain is null || number > chain.Rules.Length)
        {
            return "";
        }
        var text = WithoutCounters(_ruleset.Tree.Text.ToString(chain.Rules[number - 1].Span));
        text = _omitsComments ? RuleComment.Remove(text) : text;
        var start = $"-A {step.Chain} ";
        return DisplayText.Escape(text.StartsWith(start, StringComparison.Ordinal) ? text[start.Length..].Trim() : text);
    }

    /// <summary>The text behind <c>[packets:bytes]</c>.</summary>
    private static string WithoutCounters(string rule)
    {
        var text = rule.Trim();
        return text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is var end and > 0 ? text[(end + 1)..].TrimStart() : text;
    }

    private static void AddEnd(ImmutableArray<TraceLine>.Builder lines, Trace trace)
    {
        foreach (var rewrite in trace.Rewrites)
        {
            lines.Add(new(TraceLineKind.Note, $"  rewrite  {rewrite.Kind} {RewriteText.Describe(rewrite)}"));
        }
        foreach (var assumption in trace.Assumptions)
        {
            lines.Add(new(TraceLineKind.Note, $"  assumed  {DisplayText.Escape(assumption.ToString())}"));
        }
        lines.Add(new(TraceLineKind.Verdict, $"  verdict  {Verdict(trace)}"));
    }

    private static string Verdict(Trace trace)
    {
        var verdict = trace.Verdict.Name();
        if (trace.Lost is { } lost)
        {
            return $"{verdict}, then lost in {lost}";
        }
        if (trace.Delivery is not { } delivery)
        {
            return verdict;
        }
        var way = delivery.To == "local" ? "delivered here" : "leaves";
        var device = delivery.Interface is { } name ? $" by {DisplayText.Escape(name)}" : "";
        return $"{verdict}: {way}{device} to {delivery.Destination}";
    }
}
