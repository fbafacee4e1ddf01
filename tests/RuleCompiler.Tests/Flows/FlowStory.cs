using System.Text;
using RuleCompiler.Evaluation;
using RuleCompiler.Flows;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Flows;

/// <summary>Flows as snapshots keep them: each with its path, each leg with its packet and what became of it.</summary>
internal static class FlowStory
{
    public static string Tell(IEnumerable<FlowAnalysis> analyses)
    {
        var text = new StringBuilder();
        foreach (var flow in analyses.SelectMany(a => a.Flows))
        {
            text.Append($"{flow.Definition.Number}  {flow.Definition.Name}: {flow.Status.Name()}\n   {flow.Path}\n");
            text.Append(flow.Note is { } note ? $"   {note}\n" : "");
            foreach (var leg in flow.Legs)
            {
                var rewrites = string.Join("; ", leg.Trace.Rewrites.Select(r => $"{r.Kind} {RewriteText.Describe(r)}"));
                var packet = PacketExpression.Format(leg.Trace.Packet);
                text.Append($"     {leg.From} -> {leg.To}: {packet}: {leg.Trace.Verdict.Name()}{(rewrites.Length > 0 ? $", {rewrites}" : "")}\n");
            }
        }
        return text.ToString();
    }
}
