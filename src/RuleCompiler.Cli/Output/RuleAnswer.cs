using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Cli.Output;

/// <summary>What a packet did at a rule that the user asked about.</summary>
/// <param name="Place">The rule.</param>
/// <param name="Visits">Its steps, one for each time the packet came to it: matched, or passed by with the option that failed.</param>
/// <param name="LastInChain">Where the packet never came to the rule: the last step it made in that chain; null where it never came there.</param>
/// <param name="CanMatch">Whether there is any packet that the rule matches; one that matches none is passed by unseen.</param>
internal sealed record RuleAnswer(RuleReference Place, ImmutableArray<TraceStep> Visits, TraceStep? LastInChain, bool CanMatch)
{
    /// <param name="trace">A trace with the rules passed by.</param>
    /// <param name="place">The rule.</param>
    /// <param name="rules">The decision tables of the packet's family; null where there are none.</param>
    public static RuleAnswer Of(Trace trace, RuleReference place, CompiledRuleset? rules) => new(
        place,
        [.. trace.Steps.Where(place.IsAt)],
        trace.Steps.LastOrDefault(step => step.Table == place.Table && step.Chain == place.Chain),
        rules is null || rules.Tables.Any(table => table.Chain.Table == place.Table && table.Chain.Name == place.Chain
            && table.Rows.Any(row => row.RuleNumber == place.Rule)));

    /// <summary>The answer in words, a line for each visit.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var visit in Visits)
        {
            yield return visit switch
            {
                { IsMatch: true } => $"{Place} matched: {visit.Action}{(visit.Action is "jump" or "goto" ? $" {visit.Target}" : "")}",
                { Failed: { } failed } => $"{Place} did not match: {failed.Option} at line {failed.Location.Start.Line}, "
                    + $"column {failed.Location.Start.Column}: {failed.Because}{Others(failed)}",
                _ => $"{Place} did not match",
            };
        }
        if (Visits.IsEmpty && !CanMatch)
        {
            yield return $"{Place} matches no packet at all: its options exclude each other";
        }
        else if (Visits.IsEmpty)
        {
            yield return LastInChain switch
            {
                { Rule: { } rule } => $"{Place} was not reached: the packet left {Place.Chain} at rule {rule} ({LastInChain.Action})",
                { } => $"{Place} was not reached: the packet left {Place.Chain} by its policy",
                null => $"{Place} was not reached: the packet never came to {Place.Chain}",
            };
        }
    }

    /// <summary>What else would have to change for the rule to match.</summary>
    private static string Others(FailedTest failed) => failed.Others.IsEmpty
        ? ""
        : $"; to match, it would have to meet as well: {string.Join(", ", failed.Others.Select(other => $"{other.Option} ({other.Because})"))}";
}
