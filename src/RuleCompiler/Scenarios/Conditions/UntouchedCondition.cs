namespace RuleCompiler.Scenarios.Conditions;

/// <summary><c>untouched</c>: no address and no port of the packet is rewritten, and no proxy is looked for.</summary>
internal sealed record UntouchedCondition : TraceCondition
{
    public override bool Holds(TracedOutcome outcome) => outcome.Trace.Rewrites.IsEmpty;

    public override string Actual(TracedOutcome outcome) => RewriteCondition.Describe(outcome.Trace);

    public override string ToString() => "untouched";
}
