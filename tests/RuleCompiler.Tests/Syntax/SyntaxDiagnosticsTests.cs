using NUnit.Framework;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Markup;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Syntax;

internal sealed class SyntaxDiagnosticsTests
{
    private static IEnumerable<TestCaseData> Descriptors =>
        SyntaxDiagnostics.All.Select(descriptor => new TestCaseData(descriptor.Id));

    [TestCaseSource(nameof(Descriptors))]
    public void Example_shows_the_diagnostic_at_its_span_and_nothing_else(string id)
    {
        var descriptor = SyntaxDiagnostics.All.Single(d => d.Id == id);
        var markup = MarkupText.Parse(descriptor.Example);
        var tree = SyntaxTree.Parse(SourceText.From(markup.Text));

        Assert.That(
            tree.Diagnostics.Select(d => (d.Id, d.Location.Span)),
            Is.EqualTo(markup.Spans.Select(s => (id, s.Span))));
    }

    [TestCaseSource(nameof(Descriptors))]
    public void Corrected_example_shows_none(string id)
    {
        var descriptor = SyntaxDiagnostics.All.Single(d => d.Id == id);

        Assert.That(SyntaxTree.Parse(SourceText.From(descriptor.Corrected)).Diagnostics, Is.Empty);
    }

    [Test]
    public void List_is_complete_and_in_order()
    {
        var ids = SyntaxDiagnostics.All.Select(d => d.Id).ToList();

        Assert.That(ids, Is.EqualTo(Enumerable.Range(1001, ids.Count).Select(n => $"IPT{n}")));
    }
}
