using NUnit.Framework;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class ShadowedRuleAnalyzerTests
{
    private const string Id = "IPT3001";

    private const string Zones = """
        *filter
        :INPUT ACCEPT [0:0]
        :zones - [0:0]
        :public - [0:0]
        -A INPUT -j zones
        [|-A INPUT -j REJECT --reject-with icmp-host-prohibited|]
        -A public -p tcp -m tcp --dport 22 -j ACCEPT
        -A public -j REJECT --reject-with icmp-port-unreachable
        -A zones -g public
        COMMIT

        """;

    [Test]
    public void Witness_is_treated_otherwise()
    {
        const string dump = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -p tcp -j DROP
            [|-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT|]
            COMMIT
            """;
        var finding = Witnessed.One(dump, "IPT3001");

        Assert.Multiple(() =>
        {
            Assert.That(finding.Because.Select(cause => cause.RuleNumber), Is.EqualTo(new int?[] { 1 }));
            Assert.That(finding.Witness, Does.Contain(":22"));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("drop"));
        });
    }

    /// <remarks>A later fragment satisfies it, so its options do not rule each other out; where conntrack runs none comes by.</remarks>
    [Test]
    public void Fragments_are_put_together_before_any_rule()
    {
        const string dump = "*filter\n:INPUT ACCEPT [0:0]\n[|-A INPUT -f -j DROP|]\n-A INPUT -m conntrack --ctstate INVALID -j DROP\nCOMMIT\n";
        var finding = FindingAssert.Reports(dump, "IPT3002").Single();

        Assert.That(finding.Given, Is.Not.Empty);
        Assert.That(finding.Fix, Is.Null, "conntrack may not run");
        FindingAssert.ReportsNothing(dump.Replace("[|", "").Replace("|]", ""), "IPT3004");
    }

    [Test]
    public void Cover_has_no_rule_too_many()
    {
        var finding = Witnessed.One(
            """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -p udp -j DROP
            -A INPUT -p tcp -m tcp --dport 1:100 -j DROP
            -A INPUT -p tcp -m tcp --dport 95:110 -j REJECT
            -A INPUT -p tcp -m tcp --dport 101:200 -j DROP
            [|-A INPUT -p tcp -m tcp --dport 80:120 -j ACCEPT|]
            COMMIT
            """,
            "IPT3001");

        Assert.That(finding.Because.Select(cause => cause.RuleNumber), Is.EqualTo(new int?[] { 2, 4 }));
    }

    [Test]
    public void A_mark_can_be_what_keeps_packets_away()
    {
        var finding = Witnessed.One(
            """
            *mangle
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -j MARK --set-xmark 0x1/0xffffffff
            [|-A PREROUTING -m mark --mark 0x2 -j DROP|]
            COMMIT
            """,
            "IPT3001");

        Assert.That(finding.Because.Select(cause => cause.RuleNumber), Is.EqualTo(new int?[] { 1 }));
    }

    [Test]
    public void Rejected_with_another_answer_is_no_warning() =>
        Assert.That(Witnessed.One(Zones, Id).Severity, Is.EqualTo(DiagnosticSeverity.Info));

    [TestCase("-A public -j REJECT --reject-with icmp-port-unreachable", "-A public -j DROP")]
    [TestCase("-j REJECT --reject-with icmp-host-prohibited", "-j DROP")]
    public void Dropped_in_place_of_rejected_is(string words, string others) => Assert.That(
        Witnessed.One(Zones.Replace(words, others, StringComparison.Ordinal), Id).Severity, Is.EqualTo(DiagnosticSeverity.Warning));
}
