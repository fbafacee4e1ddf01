using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Packets;

internal sealed class HostDiagnosticsTests
{
    private static IEnumerable<TestCaseData> Descriptors() =>
        HostDiagnostics.All.Select(d => new TestCaseData(d).SetArgDisplayNames(d.Id));

    [TestCaseSource(nameof(Descriptors))]
    public void Each_example_shows_its_problem(DiagnosticDescriptor descriptor) =>
        HostAssert.Reports(descriptor.Example, descriptor.Id);

    [TestCaseSource(nameof(Descriptors))]
    public void Each_corrected_example_is_a_host(DiagnosticDescriptor descriptor) =>
        Assert.That(HostFactsJson.Read(SourceText.From(descriptor.Corrected)).Diagnostics, Is.Empty);
}
