using System.Collections.Immutable;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary>Something that holds of a packet's journey, or does not.</summary>
internal abstract record TraceCondition
{
    /// <summary>Whether it holds.</summary>
    public abstract bool Holds(TracedOutcome outcome);

    /// <summary>The rules that it asks about; empty for none.</summary>
    public virtual ImmutableArray<RuleReference> Rules => [];

    /// <summary>What is the case, in the words of the condition.</summary>
    public abstract string Actual(TracedOutcome outcome);

    /// <summary>The condition as a scenario file has it.</summary>
    public abstract override string ToString();
}
