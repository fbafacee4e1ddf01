using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class SelfPortCapturedAnalyzerTests
{
    private const string Id = "IPT4007";

    [TestCase(15090)]
    [TestCase(15021)]
    public void A_port_of_the_proxy_without_its_return(int port)
    {
        var dump = SidecarDump.Today.ToString().Without($"--dport {port} -j RETURN").Marked("-A ISTIO_INBOUND -p tcp -j ISTIO_IN_REDIRECT");
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(finding.Witness, Does.Contain($":{port} "));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("redirect 10.244.1.7:15006 accept local"));
        });
    }

    [TestCase("4190,4191,4567,4568", "4190,4567,4568", 4191)]
    [TestCase("4190,4191,4567,4568", "4191,4567,4568", 4190)]
    public void Linkerd_whose_list_lacks_one(string list, string shorter, int port)
    {
        var finding = Witnessed.One(
            MeshDumps.Linkerd.Replace(list, shorter, StringComparison.Ordinal).Marked("-A PROXY_INIT_REDIRECT -p tcp -j REDIRECT"), Id);

        Assert.That(finding.Witness, Does.Contain($":{port} "));
    }

    [Test]
    public void Rules_older_than_the_ports_are_no_mistake() => Assert.That(
        Witnessed.Of(SidecarDump.Article.ToString(), Id).Select(finding => finding.Severity), Is.All.EqualTo(DiagnosticSeverity.Info));

    [TestCaseSource(typeof(MeshDumps), nameof(MeshDumps.Names))]
    public void Stock_rules_spare_them(string mesh) => FindingAssert.ReportsNothing(MeshDumps.Of(mesh), Id);
}
