using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class CapturePreemptedAnalyzerTests
{
    private const string Id = "IPT4013";

    [TestCase(":CNI-HOSTPORT-DNAT - [0:0]", "-A PREROUTING -j CNI-HOSTPORT-DNAT", "-A CNI-HOSTPORT-DNAT -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.244.1.9:80")]
    [TestCase(":KUBE-SERVICES - [0:0]", "-A PREROUTING -j KUBE-SERVICES", "-A KUBE-SERVICES -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.244.1.9:80")]
    public void A_node_s_chain_before_the_mesh_s(string declaration, string jump, string rule)
    {
        var dump = SidecarDump.Today.ToString()
            .With(declaration, ":ISTIO_INBOUND").With(jump, "-A PREROUTING").With(rule, "-A ISTIO_INBOUND").Marked(jump);
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(finding.Because.Select(cause => cause.Chain.Name), Does.Contain("PREROUTING"));
            Assert.That(Witnessed.Outcome(dump, finding), Does.StartWith("dnat 10.244.1.9:80 accept"));
        });
    }

    [Test]
    public void A_node_local_resolver_before_the_redirect_of_names() => FindingAssert.Reports(
        SidecarDump.Dns.ToString()
            .With("-A OUTPUT -d 10.96.0.10/32 -p udp -m udp --dport 53 -j DNAT --to-destination 169.254.20.10:53", "-A OUTPUT")
            .Marked("-A OUTPUT -d 10.96.0.10/32"), Id);

    [Test]
    public void Behind_the_mesh_s_jump_it_takes_nothing_away() => FindingAssert.ReportsNothing(
        SidecarDump.Today.ToString()
            .With("-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 10.244.1.9:80", "-A OUTPUT"), Id);

    [Test]
    public void What_the_mesh_leaves_alone_is_nobody_s_loss() => FindingAssert.ReportsNothing(
        SidecarDump.Today.ToString()
            .With("-A PREROUTING -p tcp -m tcp --dport 15090 -j DNAT --to-destination 10.244.1.9:80", "-A PREROUTING"), Id);
}
