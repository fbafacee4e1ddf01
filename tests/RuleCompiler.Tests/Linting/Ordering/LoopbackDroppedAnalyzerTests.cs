using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class LoopbackDroppedAnalyzerTests
{
    private const string Id = "IPT3018";

    [Test]
    public void Policy_stops_it()
    {
        const string dump = "*filter\n[|:INPUT DROP [0:0]|]\n-A INPUT -i eth0 -j ACCEPT\nCOMMIT\n";
        Assert.That(Witnessed.Outcome(dump, Witnessed.One(dump, Id)), Is.EqualTo("drop"));
    }

    [TestCase("-A INPUT -p tcp -j ACCEPT\n[|-A INPUT -p udp -j REJECT|]", TestName = "One protocol is enough")]
    [TestCase("[|-A INPUT -s 127.0.0.0/8 -j DROP|]", TestName = "By address")]
    [TestCase("-A INPUT -p tcp -m tcp --dport 40000:60000 -j ACCEPT\n[|-A INPUT -p tcp -j DROP|]", TestName = "All but a range that a rule names")]
    public void Rule_stops_it(string rules) => FindingAssert.Reports($"*filter\n:INPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n", Id);

    [TestCase("-A INPUT -i lo -j ACCEPT\n-A INPUT -j DROP", TestName = "Accepted first")]
    [TestCase("-A INPUT -p tcp -m tcp --dport 22 -j DROP", TestName = "One port that a rule names")]
    [TestCase("-A INPUT -p tcp -m tcp --dport 40000:60000 -j DROP", TestName = "A range that a rule names")]
    [TestCase("-A INPUT -m limit --limit 5/sec -j DROP", TestName = "Only at times")]
    public void Is_not_stopped(string rules) => FindingAssert.ReportsNothing($"*filter\n:INPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n", Id);
}
