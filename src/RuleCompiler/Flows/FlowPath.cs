using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Flows;

/// <summary>Writes a journey as one path: hooks, the rules that took the packet, who gets it.</summary>
internal static class FlowPath
{
    public static string Of(FlowDefinition flow, Journey journey)
    {
        var parts = journey.Legs.SelectMany(Parts);
        if (flow.Opener is Role.Proxy or Role.Agent)
        {
            parts = parts.Prepend(flow.From);
        }
        return string.Join(" > ", journey.IsLoop ? parts.Append("loop") : parts);
    }

    private static IEnumerable<string> Parts(Leg leg)
    {
        var trace = leg.Trace;
        var first = trace.Packet.InInterface is null ? Hook.Output : Hook.Prerouting;
        var end = EndOf(trace);
        var shown = (Hook: first, Pass: 1);
        yield return first.Name();
        foreach (var step in trace.Steps.Where(IsShown))
        {
            if (shown != (step.Hook, step.Pass))
            {
                // The second half of a looped packet begins behind POSTROUTING.
                if (step.Pass == 2 && shown.Pass == 1 && shown.Hook != Hook.Postrouting)
                {
                    yield return Hook.Postrouting.Name();
                }
                shown = (step.Hook, step.Pass);
                yield return step.Hook.Name();
            }
            yield return string.Create(CultureInfo.InvariantCulture, $"{step.Chain}#{step.Rule}");
        }
        if (end is not null)
        {
            yield return end;
            yield break;
        }
        var last = shown.Pass == 2 || LastHook(trace) == Hook.Input ? Hook.Input : Hook.Postrouting;
        if (shown.Hook != last && !trace.Steps.Any(DecidingRule.IsRewrite))
        {
            yield return last.Name();
        }
        yield return leg.To;
    }

    private static string? EndOf(Trace trace) =>
        trace.Lost is { } lost ? $"lost in {lost}" : trace.Verdict == Verdict.Accept ? null : trace.Verdict.Name();

    private static Hook LastHook(Trace trace) =>
        trace.Packet.InInterface is null || trace.Delivery?.To == "remote" ? Hook.Postrouting : Hook.Input;

    /// <summary>A base chain's jump is the hook's own name; a rule that only goes on counts where it changes something.</summary>
    public static bool IsShown(TraceStep step) => step is { Rule: not null } && step.Action switch
    {
        "continue" or "notrack" => !step.Effects.IsEmpty,
        "jump" or "goto" => step.Chain != step.Hook.Name(),
        _ => true,
    };
}
