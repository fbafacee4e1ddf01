using RuleCompiler.Evaluation;

namespace RuleCompiler.Scenarios.Conditions;

/// <summary><c>rewrite redirect 127.0.0.1:15001</c>, shorter <c>redirect 127.0.0.1:15001</c>: a true change of an address or port.</summary>
/// <param name="Kind">Such as <c>redirect</c>.</param>
/// <param name="Target">What it becomes; null for whatever.</param>
internal sealed record RewriteCondition(string Kind, EndpointPattern? Target) : TraceCondition
{
    public override bool Holds(TracedOutcome outcome) =>
        outcome.Trace.Rewrites.Any(r => r.Kind == Kind && (Target is null || Target.Matches(r)));

    public override string Actual(TracedOutcome outcome) => Describe(outcome.Trace);

    public override string ToString() => Target is null ? $"rewrite {Kind}" : $"rewrite {Kind} {Target}";

    /// <summary>The rewrites of a journey, or that there is none.</summary>
    public static string Describe(Trace trace) => trace.Rewrites.IsEmpty
        ? "untouched"
        : string.Join(", ", trace.Rewrites.Select(r => $"rewrite {r.Kind} {RewriteText.Describe(r)}"));
}
