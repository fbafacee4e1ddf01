using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Scenarios;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Testing;

/// <summary>A scenario file that was run, or could not be.</summary>
/// <param name="Text">The file.</param>
/// <param name="Results">In the order of the file; empty where it has errors.</param>
/// <param name="Diagnostics">Problems of the file and of those that it names.</param>
/// <param name="Environment">What it ran against; null where it has errors.</param>
internal sealed record TestFile(
    SourceText Text,
    ImmutableArray<TestResult> Results,
    ImmutableArray<Diagnostic> Diagnostics,
    ScenarioEnvironment? Environment)
{
    public int Count(TestStatus status) => Results.Count(r => r.Status == status);

    public bool HasErrors => Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error);

    /// <summary>Where something stands, 1-based.</summary>
    public LinePosition PlaceOf(TextSpan span) => Text.GetLinePosition(span.Start);
}
