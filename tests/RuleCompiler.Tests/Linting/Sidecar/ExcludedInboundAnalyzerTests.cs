using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class ExcludedInboundAnalyzerTests
{
    private const string Id = "IPT4005";

    [TestCase("-p tcp -m tcp --dport 9300 -j RETURN", "10.244.1.7:9300 in eth0")]
    [TestCase("-p tcp -m multiport --dports 22,2222 -j RETURN", "10.244.1.7:22 in eth0")]
    [TestCase("-s 192.0.2.0/24 -p tcp -j RETURN", "tcp 192.0.2.9:40000 ->")]
    [TestCase("-i net1 -p tcp -j RETURN", " in net1")]
    public void An_exclusion_is_told_with_a_packet_that_it_spares(string rule, string witness)
    {
        var dump = (SidecarDump.Today with { Inbound = [rule, .. SidecarDump.Today.Inbound] }).ToString().Marked(rule);
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Info));
            Assert.That(finding.Witness, Does.Contain(witness));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("accept local"));
        });
    }

    [Test]
    public void Each_rule_is_told_once() => FindingAssert.Reports("""
        *nat
        :PREROUTING ACCEPT [0:0]
        :PROXY_INIT_REDIRECT - [0:0]
        -A PREROUTING -j PROXY_INIT_REDIRECT
        {|IPT4005:-A PROXY_INIT_REDIRECT -p tcp -m multiport --dports 4190,4191,4567,4568 -j RETURN|}
        {|IPT4005:-A PROXY_INIT_REDIRECT -s 192.0.2.0/24 -p tcp -j RETURN|}
        -A PROXY_INIT_REDIRECT -p tcp -j REDIRECT --to-ports 4143
        COMMIT

        """, Id);

    [Test]
    public void Ports_that_the_proxy_serves_itself_are_none() => FindingAssert.ReportsNothing(SidecarDump.Today.ToString(), Id);
}
