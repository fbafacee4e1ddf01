using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Markup;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Syntax;

internal sealed class SyntaxDiagnosticsTests
{
    private static IEnumerable<DiagnosticDescriptor> All => SyntaxDiagnostics.All.Concat(InputDiagnostics.All);

    private static IEnumerable<TestCaseData> Descriptors =>
        All.Select(descriptor => new TestCaseData(descriptor).SetArgDisplayNames(descriptor.Id));

    [TestCaseSource(nameof(Descriptors))]
    public void Example_shows_the_diagnostic_at_its_span_and_nothing_else(DiagnosticDescriptor descriptor)
    {
        var markup = MarkupText.Parse(descriptor.Example);
        var tree = SyntaxTree.Parse(SourceText.From(markup.Text));

        Assert.That(
            tree.Diagnostics.Select(d => (d.Id, d.Location.Span)),
            Is.EqualTo(markup.Spans.Select(s => (descriptor.Id, s.Span))));
    }

    [TestCaseSource(nameof(Descriptors))]
    public void Corrected_example_shows_none(DiagnosticDescriptor descriptor) =>
        Assert.That(SyntaxTree.Parse(SourceText.From(descriptor.Corrected)).Diagnostics, Is.Empty);

    [Test]
    public void Ids_have_no_gaps()
    {
        var ids = All.Select(d => d.Id).ToList();

        Assert.That(ids, Is.EqualTo(Enumerable.Range(1001, ids.Count).Select(n => $"IPT{n}")));
    }
}
