using System.Collections.Immutable;
using RuleCompiler.Scenarios;

namespace RuleCompiler.Cli.Testing;

/// <summary>The result of one scenario or claim, its snapshot compared.</summary>
/// <param name="Item">The scenario or claim.</param>
/// <param name="Status">How it fared.</param>
/// <param name="Failures">What is not as it says.</param>
internal sealed record TestResult(ScenarioItem Item, TestStatus Status, ImmutableArray<Failure> Failures);
