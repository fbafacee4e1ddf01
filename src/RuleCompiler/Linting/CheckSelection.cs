using System.Collections.Immutable;

namespace RuleCompiler.Linting;

/// <summary>Which checks run.</summary>
internal sealed class CheckSelection(LintOptions options)
{
    /// <summary>Whether a check runs.</summary>
    public bool IsChosen(LintCheck check) =>
        (options.Selected.IsEmpty ? check.IsOn : Names(options.Selected, check.Id)) && !Names(options.Ignored, check.Id);

    /// <summary>The same by ID; what is no check, such as a problem of binding, is on.</summary>
    public bool IsChosen(string id) => AnalyzerCatalog.Checks.FirstOrDefault(check => check.Id == id) is { } check
        ? IsChosen(check)
        : (options.Selected.IsEmpty || Names(options.Selected, id)) && !Names(options.Ignored, id);

    private static bool Names(ImmutableArray<string> prefixes, string id) =>
        prefixes.Any(prefix => id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
