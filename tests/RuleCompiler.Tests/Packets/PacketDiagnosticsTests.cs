using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Packets;

internal sealed class PacketDiagnosticsTests
{
    private static IEnumerable<TestCaseData> Descriptors() =>
        PacketDiagnostics.All.Select(d => new TestCaseData(d).SetArgDisplayNames(d.Id));

    [TestCaseSource(nameof(Descriptors))]
    public void Each_example_shows_its_problem(DiagnosticDescriptor descriptor) =>
        PacketAssert.Reports(descriptor.Example, descriptor.Id);

    [TestCaseSource(nameof(Descriptors))]
    public void Each_corrected_example_is_a_packet(DiagnosticDescriptor descriptor) =>
        PacketAssert.Parse(descriptor.Corrected);
}
