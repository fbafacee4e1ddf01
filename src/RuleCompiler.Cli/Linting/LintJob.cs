using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Linting;

namespace RuleCompiler.Cli.Linting;

/// <summary>One dump to lint.</summary>
/// <param name="Path">As the user named it.</param>
/// <param name="Options">What the linter is told.</param>
/// <param name="Baseline">Fingerprints of findings that do not count.</param>
/// <param name="FailOn">The severity from which on a finding counts for the exit code; null: none does.</param>
internal sealed record LintJob(
    string Path, LintOptions Options, ImmutableHashSet<string> Baseline, DiagnosticSeverity? FailOn);
