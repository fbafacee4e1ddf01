using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class AfterRewriteAnalyzerTests
{
    private const string Id = "IPT3008";

    [Test]
    public void In_the_same_hook() => FindingAssert.Reports(
        """
        *nat
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080
        COMMIT
        *filter
        :OUTPUT ACCEPT [0:0]
        [|-A OUTPUT -p tcp -m conntrack --ctstate NEW -m tcp --dport 80 -j DROP|]
        COMMIT
        """,
        Id);

    [Test]
    public void Behind_a_port_forward() => FindingAssert.Reports(
        """
        *nat
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING -p tcp -m tcp --dport 8080 -j DNAT --to-destination 192.0.2.7:80
        COMMIT
        *filter
        :FORWARD ACCEPT [0:0]
        [|-A FORWARD -p tcp -m tcp --dport 8080 -j DROP|]
        -A FORWARD -p tcp -m tcp --dport 80 -j ACCEPT
        COMMIT
        """,
        Id);

    [TestCase("-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080", new[] { 1 }, TestName = "By one rule")]
    [TestCase("-A PREROUTING -p udp -j REDIRECT --to-ports 1\n-A PREROUTING -i eth0 -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080\n-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8081", new[] { 2, 3 }, TestName = "By two rules")]
    public void Names_what_translates_them(string nat, int[] rules)
    {
        var finding = Witnessed.One(
            $"*nat\n:PREROUTING ACCEPT [0:0]\n{nat}\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\n[|-A INPUT -p tcp -m tcp --dport 80 -j DROP|]\nCOMMIT\n", Id);

        Assert.That(finding.Because.Select(cause => cause.RuleNumber), Is.EqualTo(rules.Select(rule => (int?)rule)));
    }

    [Test]
    public void Some_packets_keep_their_port() => FindingAssert.ReportsNothing(
        """
        *nat
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING -i eth0 -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080
        COMMIT
        *filter
        :INPUT ACCEPT [0:0]
        -A INPUT -p tcp -m tcp --dport 80 -j DROP
        COMMIT
        """,
        Id);
}
