using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Markup;

/// <summary>Asserts which diagnostics a dump gets, and where: exactly these, and no others.</summary>
internal static class DiagnosticAssert
{
    /// <summary>The diagnostics of the marked spans.</summary>
    /// <param name="markup">A dump with marked spans.</param>
    /// <param name="id">The ID expected at spans marked without one.</param>
    /// <param name="options">What is known of the dump from outside.</param>
    public static void Reports(string markup, string? id = null, CompilationOptions? options = null) =>
        Compare(markup, id, options, static (_, _) => true);

    /// <summary>The diagnostics of the marked spans, perhaps with others that are no errors.</summary>
    public static void ReportsNoOtherError(string markup, string id) =>
        Compare(markup, id, null, static (found, id) => found.Id == id || found.Severity == DiagnosticSeverity.Error);

    /// <summary>None at all.</summary>
    public static void ReportsNothing(string dump, CompilationOptions? options = null) =>
        Assert.That(Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), options).Diagnostics, Is.Empty);

    private static void Compare(
        string markup, string? id, CompilationOptions? options, Func<Diagnostic, string?, bool> isCompared)
    {
        var expected = MarkupText.Parse(markup);
        var source = SourceText.From(expected.Text);
        var compilation = Compilation.Create(SyntaxTree.Parse(source), options);

        Assert.That(
            compilation.Diagnostics.Where(d => isCompared(d, id)).Select(d => Describe(d.Id, d.Location.Span)).Order(),
            Is.EqualTo(expected.Spans.Select(s => Describe(s.Id ?? id, s.Span)).Order()),
            () => string.Join('\n', compilation.Diagnostics));

        string Describe(string? id, TextSpan span) => $"{span.Start,5} {id} '{source.ToString(span)}'";
    }
}
