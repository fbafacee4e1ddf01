using System.Collections.Immutable;

namespace RuleCompiler.Linting;

/// <summary>Every analyzer.</summary>
internal static class AnalyzerCatalog
{
    /// <summary>All of them, in the order of their first check's ID.</summary>
    public static ImmutableArray<LintAnalyzer> All { get; } = [];

    /// <summary>All their checks, by ID.</summary>
    public static ImmutableArray<LintCheck> Checks { get; } =
        [.. All.SelectMany(analyzer => analyzer.Checks).OrderBy(check => check.Id, StringComparer.Ordinal)];
}
