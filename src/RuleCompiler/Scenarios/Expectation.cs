using RuleCompiler.Scenarios.Conditions;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>A condition that a file states.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="IsMaybe">Whether one packet and outcome that meets it is enough; else all must.</param>
/// <param name="Span">Where it stands.</param>
internal sealed record Expectation(TraceCondition Condition, bool IsMaybe, TextSpan Span)
{
    /// <summary>As the file has it, without <c>expect</c>.</summary>
    public override string ToString() => IsMaybe ? $"maybe {Condition}" : $"{Condition}";
}
