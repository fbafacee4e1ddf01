using System.Collections.Immutable;
using System.Globalization;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Flows;

/// <summary>Writes the legs of a flow as one path: hooks, the rules that took the packet, who gets it.</summary>
internal static class FlowPath
{
    public static string Of(ImmutableArray<Leg> legs) => string.Join(" > ", legs.SelectMany(Parts));

    private static IEnumerable<string> Parts(Leg leg)
    {
        Hook? shown = null;
        foreach (var step in leg.Trace.Steps.Where(s => s.Pass == 1))
        {
            if (step.Hook != shown && (shown is null || step.Hook is Hook.Postrouting or Hook.Input or Hook.Forward))
            {
                shown = step.Hook;
                if (step.Hook is not (Hook.Postrouting or Hook.Input) || !IsCaptured(leg))
                {
                    yield return step.Hook.Name();
                }
            }
            if (step.Rule is { } rule && IsShown(step))
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"{step.Chain}#{rule}");
            }
        }
        yield return leg.To;
    }

    /// <summary>A base chain's jump is the hook's own name; rules that only go on say nothing of the way.</summary>
    private static bool IsShown(TraceStep step) => step.Action is not ("continue" or "notrack")
        && (step.Action is not ("jump" or "goto") || NetfilterNames.FindHook(System.Text.Encoding.UTF8.GetBytes(step.Chain)) is null);

    private static bool IsCaptured(Leg leg) => leg.Trace.Rewrites.Any(r => r.Destination is not null);
}
