using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Scenarios;

namespace RuleCompiler.Tests.Scenarios;

internal sealed class ScenarioDiagnosticsTests
{
    /// <summary>Those about claims and snapshots hang on more than a file's text.</summary>
    private static IEnumerable<TestCaseData> Descriptors() =>
        ScenarioDiagnostics.All.Where(d => d.Example.Length > 0).Select(d => new TestCaseData(d).SetArgDisplayNames(d.Id));

    [TestCaseSource(nameof(Descriptors))]
    public void Each_example_shows_its_problem(DiagnosticDescriptor descriptor) =>
        ScenarioAssert.Reports(descriptor.Example, descriptor.Id);

    [TestCaseSource(nameof(Descriptors))]
    public void Each_corrected_example_is_without(DiagnosticDescriptor descriptor) =>
        ScenarioAssert.Reports(descriptor.Corrected);
}
