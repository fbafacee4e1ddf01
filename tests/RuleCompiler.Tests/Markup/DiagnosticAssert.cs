using System.Collections.Immutable;
using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Markup;

/// <summary>Compiles a dump and compares what is reported with the marks in it.</summary>
internal static class DiagnosticAssert
{
    /// <summary>Exactly the marked diagnostics are reported, at exactly the marked spans.</summary>
    /// <param name="markup">A dump with <c>{|ID:span|}</c>, or with <c>[|span|]</c> where <paramref name="id"/> is given.</param>
    /// <param name="id">The ID of spans that do not tell theirs.</param>
    public static void Reports(string markup, string? id = null)
    {
        var marked = MarkupText.Parse(markup);
        Assert.That(Compile(marked.Text).Select(Describe).ToArray(), Is.EqualTo(Expected(marked, id)));
    }

    /// <summary>Nothing is reported.</summary>
    public static void ReportsNothing(string dump) => Assert.That(Compile(dump), Is.Empty);

    /// <summary>Syntax and binding diagnostics of a dump, in order of place.</summary>
    public static ImmutableArray<Diagnostic> Compile(string dump) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(dump))).Diagnostics;

    /// <summary>A diagnostic as failures show it.</summary>
    public static string Describe(Diagnostic diagnostic) =>
        Describe(diagnostic.Location.Source.ToString(), diagnostic.Id, diagnostic.Location.Span);

    /// <summary>The marked diagnostics as failures show them.</summary>
    public static string[] Expected(MarkupText marked, string? id) =>
        [.. marked.Spans.Select(span => Describe(marked.Text, span.Id ?? id, span.Span))];

    private static string Describe(string text, string? id, TextSpan span)
    {
        var marked = SourceText.From(text).ToString(span);
        return $"{id} at {span.Start}..{span.End}: '{marked}'";
    }
}
