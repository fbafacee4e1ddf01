using NUnit.Framework;
using RuleCompiler.Linting;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Markup;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting;

/// <summary>Asserts what a check finds in a dump, and where: exactly this, whatever other checks find.</summary>
internal static class FindingAssert
{
    /// <summary>Findings at the marked spans, and no others of these IDs.</summary>
    /// <param name="markup">A dump with marked spans.</param>
    /// <param name="id">The ID expected at spans marked without one.</param>
    /// <param name="options">What is known of the machine; the checks in question run even where they are off.</param>
    /// <returns>The findings, for more to be asserted of them.</returns>
    public static IReadOnlyList<Finding> Reports(string markup, string id, LintOptions? options = null)
    {
        var expected = MarkupText.Parse(markup);
        var source = SourceText.From(expected.Text);
        string[] ids = [id, .. expected.Spans.Select(span => span.Id).OfType<string>()];
        var findings = Run(source, ids, options).Where(finding => ids.Contains(finding.Id) && !finding.IsSuppressed).ToArray();

        Assert.That(
            findings.Select(finding => Describe(finding.Id, finding.Location.Span)).Order(),
            Is.EqualTo(expected.Spans.Select(span => Describe(span.Id ?? id, span.Span)).Order()),
            () => string.Join('\n', findings.Select(finding => $"{finding.Location.Start} {finding.Id}: {finding.Message}")));
        return findings;

        string Describe(string id, TextSpan span) => $"{span.Start,5} {id} '{source.ToString(span)}'";
    }

    /// <summary>No finding of an ID.</summary>
    public static void ReportsNothing(string dump, string id, LintOptions? options = null) => Reports(dump, id, options);

    /// <summary>All findings of a dump, with the checks of some IDs running beside those that are on.</summary>
    private static IEnumerable<Finding> Run(SourceText source, string[] ids, LintOptions? options)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(source));
        Assert.That(compilation.HasErrors, Is.False, () => string.Join('\n', compilation.Diagnostics));
        options = (options ?? LintOptions.Default) with
        {
            Selected = ["IPT"],
            Ignored = [.. Linter.Checks.Where(check => !check.IsOn && !ids.Contains(check.Id)).Select(check => check.Id)],
        };
        return Linter.Run(compilation, options).Findings;
    }
}
