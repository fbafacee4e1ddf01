using System.Collections.Immutable;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary><c>not CONDITION</c>.</summary>
internal sealed record NotCondition(TraceCondition Negated) : TraceCondition
{
    public override bool Holds(TracedOutcome outcome) => !Negated.Holds(outcome);

    public override ImmutableArray<RuleReference> Rules => Negated.Rules;

    public override string Actual(TracedOutcome outcome) => Negated.Actual(outcome);

    public override string ToString() => $"not {Negated}";
}
