using System.Collections.Immutable;

namespace RuleCompiler.Evaluation;

/// <summary>How a packet is traced.</summary>
public sealed record TraceOptions
{
    /// <summary>Nothing assumed, matched rules only.</summary>
    public static TraceOptions Default { get; } = new();

    /// <summary>Unknowns that are fixed, by name and place; the others take each possible outcome in turn.</summary>
    public ImmutableArray<Assumption> Assumptions { get; init; } = [];

    /// <summary>Whether the rules passed by are steps too, with <see cref="TraceStep.IsMatch"/> false.</summary>
    public bool IncludesPassedRules { get; init; }

    /// <summary>The most outcomes to look at, at least 1; more end in an <see cref="EvaluationLimitException"/>.</summary>
    public int MaxOutcomes { get; init; } = 4096;
}
