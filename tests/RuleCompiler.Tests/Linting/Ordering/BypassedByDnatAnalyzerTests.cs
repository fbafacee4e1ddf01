using NUnit.Framework;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class BypassedByDnatAnalyzerTests
{
    private const string Id = "IPT3015";

    private const string Published = """
        *nat
        :PREROUTING ACCEPT [0:0]
        :DOCKER - [0:0]
        -A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
        -A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
        COMMIT

        """;

    [TestCase("[|-A INPUT -p tcp -m tcp --dport 8080 -j DROP|]", DiagnosticSeverity.Warning, TestName = "By its port")]
    [TestCase("[|-A INPUT -s 198.51.100.0/24 -j REJECT|]", DiagnosticSeverity.Warning, TestName = "By its source")]
    [TestCase("-A INPUT -i lo -j ACCEPT\n[|-A INPUT -j DROP|]", DiagnosticSeverity.Info, TestName = "By a rule for everything")]
    [TestCase("-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n[|-A INPUT -p tcp -m tcp --dport 8000:9000 -j DROP|]", DiagnosticSeverity.Warning, TestName = "By a range of ports")]
    public void A_published_port_is_open(string rules, DiagnosticSeverity severity)
    {
        var dump = $"{Published}*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n{rules}\nCOMMIT\n";
        var finding = Witnessed.One(dump, Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(severity));
            Assert.That(Witnessed.Outcome(dump, finding), Is.EqualTo("dnat 172.17.0.2:80 accept remote"));
            Assert.That(finding.Because.Select(cause => cause.Chain.Name), Is.EqualTo(["DOCKER", "FORWARD"]));
        });
    }

    [TestCase(":INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 80 -j DROP", TestName = "Another port")]
    [TestCase(":INPUT ACCEPT [0:0]\n:FORWARD DROP [0:0]\n-A INPUT -p tcp -m tcp --dport 8080 -j DROP", TestName = "FORWARD stops them")]
    [TestCase(":INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n-A INPUT -i docker0 -p tcp -m tcp --dport 8080 -j DROP", TestName = "Not translated from there")]
    [TestCase(":INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 8080 -j ACCEPT", TestName = "Not stopped")]
    [TestCase(":INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n-A INPUT -m conntrack --ctstate INVALID -j DROP", TestName = "No first packet")]
    [TestCase(":INPUT DROP [0:0]\n:FORWARD ACCEPT [0:0]", TestName = "A policy is no rule")]
    public void Nothing_is_bypassed(string filter) => FindingAssert.ReportsNothing($"{Published}*filter\n{filter}\nCOMMIT\n", Id);

    [Test]
    public void Nat_that_takes_some_sources_only_is_meant_so()
    {
        const string dump = """
            *nat
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -s 10.0.0.0/8 -p tcp -m tcp --dport 3001 -j DNAT --to-destination 10.1.0.2:80
            COMMIT
            *filter
            :INPUT ACCEPT [0:0]
            :FORWARD ACCEPT [0:0]
            [|-A INPUT -p tcp -m tcp --dport 3001 -j DROP|]
            COMMIT
            """;
        Assert.That(Witnessed.One(dump, Id).Severity, Is.EqualTo(DiagnosticSeverity.Info));
    }

    [Test]
    public void A_redirect_stays_here() => FindingAssert.ReportsNothing(
        """
        *nat
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING -p tcp -m tcp --dport 8080 -j REDIRECT --to-ports 80
        COMMIT
        *filter
        :INPUT ACCEPT [0:0]
        -A INPUT -p tcp -m tcp --dport 8080 -j DROP
        COMMIT
        """,
        Id);
}
