using System.Collections.Immutable;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary><c>path OUTPUT ISTIO_OUTPUT#9 ...</c>: the whole list of steps.</summary>
internal sealed record PathCondition(ImmutableArray<PathStep> Elements) : TraceCondition
{
    public override bool Holds(TracedOutcome outcome) => Matches(outcome.Trace.Steps);

    public override string Actual(TracedOutcome outcome) => $"path {Describe(outcome.Trace)}";

    public override string ToString() => $"path {string.Join(' ', Elements)}";

    /// <summary>The path that a packet took, as a pattern that holds of it alone.</summary>
    public static string Describe(Trace trace) =>
        trace.Steps.IsEmpty ? "of no steps" : string.Join(' ', trace.Steps.Select(s => PathStep.Of(s).ToString()));

    /// <summary>Goes through the steps with the set of elements that may come next: steps times elements, no backtracking.</summary>
    private bool Matches(ImmutableArray<TraceStep> steps)
    {
        // open[i]: the elements before i are used up. inside[i]: element i, a chain, has taken the step before.
        var open = new bool[Elements.Length + 1];
        var inside = new bool[Elements.Length];
        open[0] = true;
        SkipEllipses(open);
        foreach (var step in steps)
        {
            var nextOpen = new bool[Elements.Length + 1];
            var nextInside = new bool[Elements.Length];
            for (var i = 0; i < Elements.Length; i++)
            {
                var element = Elements[i];
                if (element.IsEllipsis)
                {
                    nextOpen[i] |= open[i];
                }
                else if ((open[i] || inside[i]) && element.IsAt(step))
                {
                    nextOpen[i + 1] = true;
                    nextInside[i] = element.Rule is null;
                }
            }
            SkipEllipses(nextOpen);
            (open, inside) = (nextOpen, nextInside);
        }
        return open[^1];
    }

    private void SkipEllipses(bool[] open)
    {
        for (var i = 0; i < Elements.Length; i++)
        {
            open[i + 1] |= open[i] && Elements[i].IsEllipsis;
        }
    }
}
