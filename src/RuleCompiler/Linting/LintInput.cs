namespace RuleCompiler.Linting;

/// <summary>A dump to lint.</summary>
/// <param name="Compilation">A compilation without errors.</param>
/// <param name="Options">What to check in it.</param>
public readonly record struct LintInput(Compilation Compilation, LintOptions Options);
