using RuleCompiler.Text;

namespace RuleCompiler.Linting;

/// <summary>A rule that the linter gave up on.</summary>
/// <param name="Location">The rule.</param>
/// <param name="Question">What was asked: <c>whether a packet can reach it</c>.</param>
public sealed record Undecided(Location Location, string Question);
