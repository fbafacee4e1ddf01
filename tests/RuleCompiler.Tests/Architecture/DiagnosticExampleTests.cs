using NUnit.Framework;
using RuleCompiler.Binding;
using RuleCompiler.Diagnostics;
using RuleCompiler.Extensions;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Markup;

namespace RuleCompiler.Tests.Architecture;

/// <summary>The examples that <c>rulec explain</c> prints do what it says of them.</summary>
internal sealed class DiagnosticExampleTests
{
    private static IEnumerable<DiagnosticDescriptor> OfCompilation =>
    [
        .. SyntaxDiagnostics.All, .. BindingDiagnostics.All, .. OptionDiagnostics.All, .. TableDiagnostics.All,
        .. RuleDiagnostics.All,
    ];

    private static IEnumerable<TestCaseData> Cases =>
        OfCompilation.Select(descriptor => new TestCaseData(descriptor).SetArgDisplayNames(descriptor.Id));

    [TestCaseSource(nameof(Cases))]
    public void Example_shows_its_diagnostic_and_no_other_error(DiagnosticDescriptor descriptor)
    {
        var marked = MarkupText.Parse(descriptor.Example);
        var reported = DiagnosticAssert.Compile(marked.Text)
            .Where(d => d.Id == descriptor.Id || d.Severity == DiagnosticSeverity.Error)
            .Select(DiagnosticAssert.Describe);

        Assert.That(marked.Spans, Is.Not.Empty);
        Assert.That(reported.ToArray(), Is.EqualTo(DiagnosticAssert.Expected(marked, descriptor.Id)));
    }

    [TestCaseSource(nameof(Cases))]
    public void Corrected_example_shows_none(DiagnosticDescriptor descriptor) =>
        DiagnosticAssert.ReportsNothing(descriptor.Corrected);
}
