using System.Collections.Immutable;
using RuleCompiler.Cli.Commands;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Cli.Output;

/// <summary>What a packet did at a rule that the user asked about.</summary>
/// <param name="Place">The rule.</param>
/// <param name="Visits">Its steps, one for each time the packet came to it: matched, or passed by with the option that failed.</param>
/// <param name="LastInChain">Where the packet never came to the rule: the last step it made in that chain; null where it never came there.</param>
internal sealed record RuleAnswer(PlaceOfRule Place, ImmutableArray<TraceStep> Visits, TraceStep? LastInChain)
{
    /// <param name="trace">A trace with the rules passed by.</param>
    /// <param name="place">The rule.</param>
    public static RuleAnswer Of(Trace trace, PlaceOfRule place) => new(
        place,
        [.. trace.Steps.Where(place.IsAt)],
        trace.Steps.LastOrDefault(step => step.Table == place.Table && step.Chain == place.Chain));

    /// <summary>The answer in words, a line for each visit.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var visit in Visits)
        {
            yield return visit switch
            {
                { IsMatch: true } => $"{Place} matched: {visit.Action}",
                { Failed: { } failed } => $"{Place} did not match: {failed.Option} at line {failed.Location.Start.Line}, "
                    + $"column {failed.Location.Start.Column}: {failed.Because}",
                _ => $"{Place} did not match",
            };
        }
        if (Visits.IsEmpty)
        {
            yield return LastInChain switch
            {
                { Rule: { } rule } => $"{Place} was not reached: the packet left {Place.Chain} at rule {rule} ({LastInChain.Action})",
                { } => $"{Place} was not reached: the packet left {Place.Chain} by its policy",
                null => $"{Place} was not reached: the packet never came to {Place.Chain}",
            };
        }
    }
}
