using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class DeadNatAnalyzerTests
{
    private const string Id = "IPT3016";

    [TestCase("[|-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.0.2.7|]", ":FORWARD DROP [0:0]", TestName = "By the policy")]
    [TestCase("[|-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.0.2.7:8080|]", ":FORWARD ACCEPT [0:0]\n-A FORWARD -d 192.0.2.0/24 -j REJECT", TestName = "By a rule for the new destination")]
    [TestCase("[|-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080|]", ":INPUT DROP [0:0]\n-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT", TestName = "What accepts names the old port")]
    [TestCase("[|-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.0.2.7|]", ":FORWARD DROP [0:0]\n-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT", TestName = "Answers alone are accepted")]
    [TestCase("[|-A OUTPUT -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080|]", ":OUTPUT ACCEPT [0:0]\n-A OUTPUT -p tcp -m tcp --dport 8080 -j DROP", TestName = "In the same hook")]
    public void Is_stopped(string nat, string filter)
    {
        var dump = $"*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n{nat}\nCOMMIT\n*filter\n{filter}\nCOMMIT\n";
        Assert.That(Witnessed.Outcome(dump, Witnessed.One(dump, Id)), Does.EndWith("drop").Or.EndsWith("reject"));
    }

    [TestCase("-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.0.2.7", ":FORWARD DROP [0:0]\n-A FORWARD -d 192.0.2.7/32 -j ACCEPT", TestName = "Accepted by the new destination")]
    [TestCase("-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.0.2.7", ":FORWARD DROP [0:0]\n-A FORWARD -s 198.51.100.0/24 -j ACCEPT", TestName = "Accepted from somewhere")]
    [TestCase("-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.0.2.7", ":FORWARD DROP [0:0]\n-A FORWARD -m limit --limit 5/sec -j ACCEPT", TestName = "Accepted at times")]
    [TestCase("-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.0.2.7", ":FORWARD DROP [0:0]\n-A FORWARD -m conntrack --ctstate DNAT -j ACCEPT", TestName = "Accepted as translated")]
    [TestCase("-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080", ":FORWARD DROP [0:0]", TestName = "Another hook stops")]
    public void Gets_through(string nat, string filter) => FindingAssert.ReportsNothing(
        $"*nat\n:PREROUTING ACCEPT [0:0]\n{nat}\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\n{filter}\nCOMMIT\n", Id);

    [Test]
    public void Names_what_stops_them() => Assert.That(
        Witnessed.One(
            """
            *nat
            :PREROUTING ACCEPT [0:0]
            [|-A PREROUTING -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.0.2.7|]
            COMMIT
            *filter
            :FORWARD ACCEPT [0:0]
            -A FORWARD -p udp -j DROP
            -A FORWARD -p tcp -j DROP
            COMMIT
            """,
            Id).Because.Select(cause => cause.RuleNumber),
        Is.EqualTo(new int?[] { 2 }));

    [Test]
    public void Is_shown_by_a_packet_that_gets_another_address() => Assert.That(
        Witnessed.One(
            """
            *nat
            :PREROUTING ACCEPT [0:0]
            [|-A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.7:80|]
            COMMIT
            *filter
            :FORWARD DROP [0:0]
            COMMIT
            """,
            Id).Witness,
        Does.Contain(":8080 ").And.Not.Contain("192.0.2.7"));
}
