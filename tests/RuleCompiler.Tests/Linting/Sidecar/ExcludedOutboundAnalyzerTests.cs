using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class ExcludedOutboundAnalyzerTests
{
    private const string Id = "IPT4006";

    [TestCase("-d 10.0.0.0/8 -j RETURN", "-> 10.244.2.9:80")]
    [TestCase("-p tcp -m tcp --dport 9042 -j RETURN", ":9042")]
    [TestCase("-m owner --uid-owner 999 -j RETURN", "uid 999 ")]
    public void An_exclusion_is_told_with_a_packet_that_it_spares(string rule, string witness)
    {
        var output = SidecarDump.Today.Output;
        var dump = (SidecarDump.Today with { Output = [.. output[..8], rule, output[8]] }).ToString().Marked(rule);
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Info));
            Assert.That(finding.Witness, Does.Contain(witness));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("accept remote"));
        });
    }

    [Test]
    public void What_only_some_networks_are_captured_for_leaves_the_others() => FindingAssert.Reports(
        MeshDumps.Osm.Without("-A OSM_PROXY_OUTBOUND -j").Replace(
            "-A OSM_PROXY_OUT_REDIRECT -p tcp -j",
            "-A OSM_PROXY_OUTBOUND -d 192.0.2.0/24 -j RETURN\n-A OSM_PROXY_OUTBOUND -j OSM_PROXY_OUT_REDIRECT\n-A OSM_PROXY_OUT_REDIRECT -p tcp -j",
            StringComparison.Ordinal).Marked("-d 192.0.2.0/24"), Id);

    [TestCaseSource(typeof(MeshDumps), nameof(MeshDumps.Names))]
    public void Stock_rules_spare_few_but_the_proxy(string mesh)
    {
        var dump = MeshDumps.Of(mesh);
        FindingAssert.Reports(
            mesh switch
            {
                "Linkerd" => dump.Marked("-A PROXY_INIT_OUTPUT -p tcp -m multiport"),
                "Kuma" => dump.Marked("-A OUTPUT -p tcp -m tcp --dport 53"),
                "Istio ambient" => dump.Marked("-A ISTIO_OUTPUT -d 169.254.7.127/32"),
                _ => dump,
            },
            Id);
    }
}
