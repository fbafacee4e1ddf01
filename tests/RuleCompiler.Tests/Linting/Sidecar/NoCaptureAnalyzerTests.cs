using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Flows;
using RuleCompiler.Linting;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class NoCaptureAnalyzerTests
{
    private const string Id = "IPT4003";

    [Test]
    public void The_jump_is_missing()
    {
        var dump = SidecarDump.Today.ToString().Without("-A PREROUTING").Marked(":ISTIO_INBOUND");
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Error));
            Assert.That(finding.Message, Does.StartWith("No packet of PREROUTING reaches Envoy 15006"));
        });
    }

    [Test]
    public void An_empty_table_where_a_mesh_shall_be()
    {
        var options = new LintOptions { Profile = ProfileCatalog.Find("istio") };

        FindingAssert.Reports("""
            *nat
            {|IPT4003::PREROUTING ACCEPT [0:0]|}
            {|IPT4003::OUTPUT ACCEPT [0:0]|}
            COMMIT

            """, Id, options);
    }

    [Test]
    public void Linkerd_with_exceptions_from_nothing() =>
        FindingAssert.Reports(MeshDumps.Linkerd.Without("-A PROXY_INIT_REDIRECT -p tcp -j REDIRECT").Marked(":PREROUTING"), Id);

    [Test]
    public void Outbound_capture_may_be_left_out_unless_the_mesh_is_asked_for()
    {
        var dump = MeshDumps.Linkerd.Without("-A PROXY_INIT_OUTPUT -p tcp -j REDIRECT");

        Assert.Multiple(() =>
        {
            FindingAssert.ReportsNothing(dump, Id);
            FindingAssert.Reports(dump.Marked(":OUTPUT"), Id, new LintOptions { Profile = ProfileCatalog.Find("linkerd") });
        });
    }

    [Test]
    public void A_return_for_everyone_before_the_redirect() => FindingAssert.Reports(
        MeshDumps.Consul.With("-A CONSUL_PROXY_INBOUND -p tcp -j RETURN", "-A CONSUL_PROXY_INBOUND").Marked("-A CONSUL_PROXY_INBOUND -p tcp -j RETURN"), Id);

    [Test]
    public void A_dump_without_a_mesh_captures_nothing_and_need_not() => FindingAssert.ReportsNothing("""
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        COMMIT

        """, Id);

    [TestCaseSource(typeof(MeshDumps), nameof(MeshDumps.Names))]
    public void Stock_rules_capture(string mesh) => FindingAssert.ReportsNothing(MeshDumps.Of(mesh), Id);
}
