using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class DnsProtocolsAnalyzerTests
{
    private const string Id = "IPT4020";

    [TestCase("tcp", "-p udp", "UDP")]
    [TestCase("udp", "-p tcp", "TCP")]
    public void One_protocol_alone(string missing, string marked, string captured)
    {
        var dump = (SidecarDump.Dns with { Names = [.. SidecarDump.Dns.Names.Where(rule => !rule.Contains($"-p {missing}", StringComparison.Ordinal))] })
            .ToString();
        var findings = Witnessed.Of(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(findings.Select(finding => finding.Severity), Is.EqualTo([DiagnosticSeverity.Warning]));
            Assert.That(findings[0].Message, Does.StartWith($"Names asked of 10.96.0.10 over {captured} are led to pilot-agent 15053"));
            Assert.That(findings[0].Witness, Does.StartWith(missing));
            Assert.That(dump, Does.Contain(marked));
        });
    }

    [Test]
    public void Both() => FindingAssert.ReportsNothing(SidecarDump.Dns.ToString(), Id);

    [Test]
    public void Kuma_leaves_TCP_alone_on_purpose() => FindingAssert.ReportsNothing(MeshDumps.Kuma, Id);

    [Test]
    public void Neither() => FindingAssert.ReportsNothing(SidecarDump.Today.ToString(), Id);
}
