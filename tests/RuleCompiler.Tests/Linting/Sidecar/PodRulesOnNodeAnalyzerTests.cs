using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class PodRulesOnNodeAnalyzerTests
{
    private const string Id = "IPT4017";

    [TestCase(":KUBE-SERVICES - [0:0]", "-A PREROUTING -j KUBE-SERVICES")]
    [TestCase(":DOCKER - [0:0]", "-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER")]
    [TestCase(":cali-PREROUTING - [0:0]", "-A PREROUTING -j cali-PREROUTING")]
    [TestCase(":CNI-HOSTPORT-DNAT - [0:0]", "-A PREROUTING -m addrtype --dst-type LOCAL -j CNI-HOSTPORT-DNAT")]
    public void A_mesh_beside_chains_of_the_node(string declaration, string jump)
    {
        var dump = SidecarDump.Today.ToString().With(declaration, ":ISTIO_INBOUND").With(jump, "-A OUTPUT").Marked("-A PREROUTING -p tcp -j ISTIO_INBOUND");

        Assert.That(Witnessed.One(dump, Id).Severity, Is.EqualTo(DiagnosticSeverity.Warning));
    }

    [Test]
    public void A_chain_of_the_node_that_another_hook_reaches_is_another_matter() => FindingAssert.ReportsNothing(
        SidecarDump.Today.ToString().With(":KUBE-POSTROUTING - [0:0]", ":ISTIO_INBOUND").With("-A POSTROUTING -j KUBE-POSTROUTING", "-A OUTPUT"), Id);

    [TestCaseSource(typeof(MeshDumps), nameof(MeshDumps.Names))]
    public void Stock_rules_are_of_a_pod(string mesh) => FindingAssert.ReportsNothing(MeshDumps.Of(mesh), Id);
}
