using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Linting.Sidecar;

internal sealed class DnsZoneAnalyzerTests
{
    private const string Id = "IPT4021";

    private const string Zones = """
        *raw
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        -A PREROUTING -s 10.96.0.10/32 -p udp -m udp --sport 53 -j CT --zone 1
        -A OUTPUT -p udp -m udp --dport 53 -m owner --uid-owner 1337 -j CT --zone 1
        -A OUTPUT -p udp -m udp --sport 15053 -m owner --uid-owner 1337 -j CT --zone 2
        -A OUTPUT -d 10.96.0.10/32 -p udp -m udp --dport 53 -j CT --zone 2
        COMMIT

        """;

    [Test]
    public void Without_zones_query_and_question_are_one_connection()
    {
        var finding = Witnessed.Of(SidecarDump.Dns.ToString(), Id).Single();

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(DiagnosticSeverity.Info));
            Assert.That(finding.Message, Does.EndWith("are in the same conntrack zone, 0"));
        });
    }

    [Test]
    public void Zones_keep_them_apart() => FindingAssert.ReportsNothing(Zones + SidecarDump.Dns, Id);

    [Test]
    public void The_same_zone_for_both_does_not() => Assert.That(
        Witnessed.Of(Zones.Replace("--zone 2", "--zone 1", StringComparison.Ordinal) + SidecarDump.Dns, Id).Single().Message, Does.EndWith("zone, 1"));

    [Test]
    public void Names_that_are_not_captured_need_none() => FindingAssert.ReportsNothing(SidecarDump.Today.ToString(), Id);
}
