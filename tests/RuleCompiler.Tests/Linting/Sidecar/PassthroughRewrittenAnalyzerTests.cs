using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class PassthroughRewrittenAnalyzerTests
{
    private const string Id = "IPT4023";

    [TestCase("-A POSTROUTING -j MASQUERADE", "masquerade ")]
    [TestCase("-A POSTROUTING -o lo -p tcp -j SNAT --to-source 192.0.2.1", "snat 192.0.2.1")]
    public void A_source_that_is_changed(string rule, string outcome)
    {
        var dump = SidecarDump.Today.ToString().With(rule, "-A ISTIO_INBOUND").Marked(rule);
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Warning));
            Assert.That(finding.Witness, Does.StartWith("tcp 127.0.0.6:40000"));
            Assert.That(Witnessed.Outcome(dump, finding), Does.StartWith(outcome));
        });
    }

    [TestCase("-A POSTROUTING ! -o lo -j MASQUERADE")]
    [TestCase("-A POSTROUTING ! -s 127.0.0.0/8 -j MASQUERADE")]
    public void Of_what_leaves_the_pod_it_may(string rule) =>
        FindingAssert.ReportsNothing(SidecarDump.Today.ToString().With(rule, "-A ISTIO_INBOUND"), Id);

    [Test]
    public void A_mesh_without_such_a_source_has_none_to_lose() => FindingAssert.ReportsNothing(
        MeshDumps.Linkerd.Replace(":OUTPUT", ":POSTROUTING ACCEPT [0:0]\n:OUTPUT", StringComparison.Ordinal).With("-A POSTROUTING -j MASQUERADE", "-A PREROUTING"), Id);
}
