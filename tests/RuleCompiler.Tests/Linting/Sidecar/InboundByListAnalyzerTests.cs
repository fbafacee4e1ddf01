using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class InboundByListAnalyzerTests
{
    private const string Id = "IPT4004";

    [Test]
    public void Ports_named_one_by_one()
    {
        var dump = (SidecarDump.Today with
        {
            Inbound = ["-p tcp -m tcp --dport 15090 -j RETURN", "-p tcp -m tcp --dport 15021 -j RETURN", "-p tcp -m tcp --dport 8080 -j ISTIO_IN_REDIRECT", "-p tcp -m tcp --dport 8443 -j ISTIO_IN_REDIRECT"],
        }).ToString().Marked("--dport 8080 -j ISTIO_IN_REDIRECT");
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(finding.Because.Select(cause => cause.RuleNumber), Is.EqualTo([4]));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("accept local"));
        });
    }

    [Test]
    public void A_range_of_ports_names_ports_too() => FindingAssert.Reports(
        (SidecarDump.Today with
        {
            Inbound = ["-p tcp -m tcp --dport 15090 -j RETURN", "-p tcp -m tcp --dport 15021 -j RETURN", "-p tcp -m multiport --dports 8000:9000 -j ISTIO_IN_REDIRECT"],
        }).ToString().Marked("--dports 8000:9000"), Id);

    [Test]
    public void Ports_left_out_one_by_one_are_exclusions() => FindingAssert.ReportsNothing(
        (SidecarDump.Today with { Inbound = ["-p tcp -m tcp --dport 22 -j RETURN", .. SidecarDump.Today.Inbound] }).ToString(), Id);

    [TestCaseSource(typeof(MeshDumps), nameof(MeshDumps.Names))]
    public void Stock_rules_name_none(string mesh) => FindingAssert.ReportsNothing(MeshDumps.Of(mesh), Id);
}
