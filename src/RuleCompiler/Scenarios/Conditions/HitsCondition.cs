using System.Collections.Immutable;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary><c>hits nat:OUTPUT:1</c>: the rule matches the packet on its way.</summary>
internal sealed record HitsCondition(RuleReference Rule) : TraceCondition
{
    public override bool Holds(TracedOutcome outcome) => outcome.Trace.Steps.Any(Rule.IsAt);

    public override ImmutableArray<RuleReference> Rules => [Rule];

    public override string Actual(TracedOutcome outcome) => $"path {PathCondition.Describe(outcome.Trace)}";

    public override string ToString() => $"hits {Rule}";
}
