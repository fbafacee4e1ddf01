using System.Collections.Immutable;

namespace RuleCompiler.Linting.Fixing;

/// <summary>What fixing a dump came to.</summary>
/// <param name="Before">The dump as it was.</param>
/// <param name="After">The dump as it would be; the same object where nothing is to be fixed.</param>
/// <param name="Result">What the linter finds in <paramref name="After"/>.</param>
/// <param name="Fixed">What was fixed, in order of place; places are those of the text in which each was found.</param>
/// <param name="Refused">What is still there because the edit could not be proven to keep every packet's outcome.</param>
public sealed record FixResult(
    Compilation Before, Compilation After, LintResult Result, ImmutableArray<Finding> Fixed, ImmutableArray<Finding> Refused)
{
    /// <summary>Whether the text is another one.</summary>
    public bool HasChanges => !ReferenceEquals(Before, After);
}
