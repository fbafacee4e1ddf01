using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class RepeatedJumpAnalyzerTests
{
    private const string Id = "IPT4016";

    [Test]
    public void A_set_up_that_ran_twice()
    {
        var dump = SidecarDump.Today.ToString().With("-A PREROUTING -p tcp -j ISTIO_INBOUND", "-A OUTPUT");
        var findings = Witnessed.Of(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(findings.Select(finding => (finding.Chain?.Name, finding.RuleNumber)), Is.EqualTo([("PREROUTING", 2)]));
            Assert.That(findings.Select(finding => finding.Severity), Is.All.EqualTo(DiagnosticSeverity.Info));
            Assert.That(findings.SelectMany(finding => finding.Because).Select(cause => cause.RuleNumber), Is.EqualTo([1]));
            Assert.That(findings.Select(finding => finding.Fix?.KeepsBehaviour), Is.All.True);
        });
    }

    [Test]
    public void A_narrower_second_jump() => FindingAssert.Reports(
        MeshDumps.Consul.With("-A OUTPUT -d 192.0.2.0/24 -p tcp -j CONSUL_PROXY_OUTPUT", "-A CONSUL_PROXY_INBOUND").Marked("-A OUTPUT -d 192.0.2.0/24"), Id);

    [Test]
    public void A_wider_second_jump_takes_more() => FindingAssert.ReportsNothing(
        MeshDumps.Consul.With("-A OUTPUT -d 192.0.2.0/24 -p tcp -j CONSUL_PROXY_OUTPUT", "-A OUTPUT"), Id);

    [Test]
    public void A_mark_between_the_two_may_change_what_the_chain_does() => FindingAssert.ReportsNothing("""
        *mangle
        :OUTPUT ACCEPT [0:0]
        :ISTIO_OUTPUT - [0:0]
        -A OUTPUT -p tcp -j ISTIO_OUTPUT
        -A OUTPUT -p tcp -j MARK --set-xmark 0x1/0x1
        -A OUTPUT -p tcp -j ISTIO_OUTPUT
        -A ISTIO_OUTPUT -m mark --mark 0x1/0x1 -j DROP
        COMMIT

        """ + SidecarDump.Today, Id);

    [TestCase("TCPMSS --set-mss 1000", "-m tcpmss --mss 1000")]
    [TestCase("TCPOPTSTRIP --strip-options mss", "! --tcp-option 2")]
    public void So_may_what_a_rule_takes_out_of_the_header(string target, string match) => FindingAssert.ReportsNothing($"""
        *mangle
        :OUTPUT ACCEPT [0:0]
        :ISTIO_OUTPUT - [0:0]
        -A OUTPUT -p tcp -j ISTIO_OUTPUT
        -A OUTPUT -p tcp -m tcp --tcp-flags SYN,RST SYN -j {target}
        -A OUTPUT -p tcp -j ISTIO_OUTPUT
        -A ISTIO_OUTPUT -p tcp -m tcp {match} -j DROP
        COMMIT

        """ + SidecarDump.Today, Id);

    [TestCase("TCPMSS --set-mss 1000")]
    [TestCase("TCPOPTSTRIP --strip-options mss")]
    public void So_may_the_chain_itself(string target) => FindingAssert.ReportsNothing($"""
        *mangle
        :OUTPUT ACCEPT [0:0]
        :ISTIO_OUTPUT - [0:0]
        -A OUTPUT -p tcp -j ISTIO_OUTPUT
        -A OUTPUT -p tcp -j ISTIO_OUTPUT
        -A ISTIO_OUTPUT -p tcp -m tcp --tcp-option 2 -j LOG
        -A ISTIO_OUTPUT -p tcp -m tcp --tcp-flags SYN,RST SYN -j {target}
        COMMIT

        """ + SidecarDump.Today, Id);
}
