using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class NatStateAnalyzerTests
{
    private const string Id = "IPT3006";

    [TestCase(":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n[|-A PREROUTING -m conntrack --ctstate ESTABLISHED -j ACCEPT|]", TestName = "Established")]
    [TestCase(":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n[|-A PREROUTING -m conntrack --ctstate INVALID -j RETURN|]", TestName = "Invalid")]
    [TestCase(":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n[|-A OUTPUT -m conntrack --ctstate UNTRACKED -j ACCEPT|]", TestName = "Untracked")]
    [TestCase(":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n[|-A PREROUTING -p tcp -m state --state INVALID,ESTABLISHED -j ACCEPT|]", TestName = "By the old match")]
    [TestCase(":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:U - [0:0]\n-A OUTPUT -j U\n[|-A U -p tcp -m conntrack --ctstate ESTABLISHED -j REDIRECT --to-ports 8080|]", TestName = "In a called chain")]
    public void Is_found(string rules) => FindingAssert.Reports($"*nat\n{rules}\nCOMMIT\n", Id);

    [TestCase(":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A PREROUTING -m conntrack --ctstate NEW -j ACCEPT", TestName = "New")]
    [TestCase(":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A PREROUTING -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT", TestName = "Some are related")]
    [TestCase(":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A PREROUTING -m conntrack ! --ctstate INVALID -j ACCEPT", TestName = "All others")]
    [TestCase(":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A PREROUTING -p tcp -j ACCEPT", TestName = "No state asked for")]
    [TestCase(":PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n:U - [0:0]\n-A U -m conntrack --ctstate INVALID -j ACCEPT", TestName = "Nothing calls it")]
    public void Is_not_found(string rules) => FindingAssert.ReportsNothing($"*nat\n{rules}\nCOMMIT\n", Id);

    [Test]
    public void Other_tables_see_every_state() => FindingAssert.ReportsNothing(
        "*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -m conntrack --ctstate INVALID -j DROP\nCOMMIT\n", Id);

    [Test]
    public void Untracked_packets_never_come_to_nat()
    {
        var finding = Witnessed.One(
            """
            *raw
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -p tcp -m tcp --dport 9090 -j CT --notrack
            COMMIT
            *nat
            :PREROUTING ACCEPT [0:0]
            [|-A PREROUTING -p tcp -m tcp --dport 9090 -j REDIRECT --to-ports 90|]
            COMMIT
            """,
            "IPT3007");

        Assert.That(finding.Because.Select(cause => (cause.Chain.Table, cause.RuleNumber)), Is.EqualTo(new (TableKind, int?)[] { (TableKind.Raw, 1) }));
    }

    [TestCase("-A PREROUTING -p tcp -m tcp --dport 90 -j NOTRACK", "[|-A PREROUTING -p tcp -m tcp --dport 90 -j ACCEPT|]", TestName = "By NOTRACK")]
    [TestCase("-A PREROUTING -p tcp -j CT --notrack", "[|-A PREROUTING -p tcp -m tcp --dport 90 -j REDIRECT --to-ports 1|]", TestName = "With many others")]
    [TestCase("-A PREROUTING -p tcp -m tcp --dport 90 -j CT --notrack\n-A PREROUTING -p tcp -m tcp --dport 91 -j CT --notrack", "[|-A PREROUTING -p tcp -m tcp --dport 90:91 -j ACCEPT|]", TestName = "By two rules")]
    [TestCase("-A PREROUTING -p tcp -m tcp --dport 90 -j CT --notrack", "-A PREROUTING -p tcp -m tcp --dport 90:91 -j ACCEPT", TestName = "Some are tracked")]
    [TestCase("-A PREROUTING -i eth0 -p tcp -m tcp --dport 90 -j CT --notrack", "-A PREROUTING -p tcp -m tcp --dport 90 -j ACCEPT", TestName = "From elsewhere they are tracked")]
    [TestCase("-A PREROUTING -p tcp -m limit --limit 5/sec -j CT --notrack", "-A PREROUTING -p tcp -j REDIRECT --to-ports 1", TestName = "At times they are tracked")]
    [TestCase("-A PREROUTING -p tcp -j CT --zone 1", "-A PREROUTING -p tcp -j REDIRECT --to-ports 1", TestName = "Tracked in another zone")]
    [TestCase("-A PREROUTING -p tcp -j ACCEPT\n-A PREROUTING -p tcp -j CT --notrack", "-A PREROUTING -p tcp -j REDIRECT --to-ports 1", TestName = "Accepted before")]
    public void Untracked(string raw, string nat) => FindingAssert.Reports(
        $"*raw\n:PREROUTING ACCEPT [0:0]\n{raw}\nCOMMIT\n*nat\n:PREROUTING ACCEPT [0:0]\n{nat}\nCOMMIT\n", "IPT3007");
}
