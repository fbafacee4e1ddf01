using System.Collections.Immutable;

namespace RuleCompiler.Linting;

/// <summary>Runs the analyzers over a dump.</summary>
public static class Linter
{
    /// <summary>Every check that there is, by ID.</summary>
    public static ImmutableArray<LintCheck> Checks => AnalyzerCatalog.Checks;

    /// <summary>All findings of the checks chosen.</summary>
    /// <param name="compilation">A compilation without errors.</param>
    /// <param name="options">What to check, and what is known of the machine.</param>
    /// <param name="cancellation">Asked between rules.</param>
    /// <exception cref="InvalidOperationException">The dump has errors.</exception>
    public static LintResult Run(Compilation compilation, LintOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= LintOptions.Default;
        var findings = ImmutableArray.CreateBuilder<Finding>();
        foreach (var family in compilation.Families)
        {
            var context = new LintContext(compilation, family, options, cancellation);
            foreach (var analyzer in AnalyzerCatalog.All.Where(analyzer => analyzer.Checks.Any(check => IsChosen(check, options))))
            {
                cancellation.ThrowIfCancellationRequested();
                findings.AddRange(analyzer.Analyze(context).Where(finding => IsChosen(finding.Id, options)));
            }
        }
        return new LintResult([.. findings.OrderBy(f => f.Location.Span.Start).ThenBy(f => f.Id, StringComparer.Ordinal)], []);
    }

    private static bool IsChosen(LintCheck check, LintOptions options) =>
        (options.Selected.IsEmpty ? check.IsOn : Names(options.Selected, check.Id)) && !Names(options.Ignored, check.Id);

    private static bool IsChosen(string id, LintOptions options) =>
        Checks.FirstOrDefault(check => check.Id == id) is { } check && IsChosen(check, options);

    private static bool Names(ImmutableArray<string> prefixes, string id) =>
        prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
