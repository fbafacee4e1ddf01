using RuleCompiler.Evaluation;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary><c>verdict accept</c>: netfilter's word; a packet that routing then loses is accepted too.</summary>
internal sealed record VerdictCondition(Verdict Verdict) : TraceCondition
{
    public override bool Holds(TracedOutcome outcome) => outcome.Trace.Verdict == Verdict;

    public override string Actual(TracedOutcome outcome) => $"verdict {outcome.Trace.Verdict.Name()}";

    public override string ToString() => $"verdict {Verdict.Name()}";
}
