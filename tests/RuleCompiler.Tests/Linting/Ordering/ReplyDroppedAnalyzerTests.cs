using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class ReplyDroppedAnalyzerTests
{
    private const string Id = "IPT3017";

    [Test]
    public void Answers_to_this_host_are_stopped_by_the_policy()
    {
        const string dump = "*filter\n[|:INPUT DROP [0:0]|]\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n";
        Assert.That(Witnessed.Outcome(dump, Witnessed.One(dump, Id)), Is.EqualTo("drop"));
    }

    [Test]
    public void Answers_of_this_host_are_stopped_by_a_rule() => FindingAssert.Reports(
        """
        *filter
        :INPUT ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        [|-A OUTPUT -p tcp -m tcp --sport 8080 -j DROP|]
        -A INPUT -p tcp -m tcp --dport 8080 -j ACCEPT
        COMMIT
        """,
        Id);

    [TestCase("-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT", TestName = "Accepted by their state")]
    [TestCase("-A INPUT -p tcp -m tcp ! --syn -j ACCEPT\n-A INPUT -p udp -j ACCEPT", TestName = "Accepted by their flags")]
    public void Answers_are_accepted(string rules) =>
        FindingAssert.ReportsNothing($"*filter\n:INPUT DROP [0:0]\n:OUTPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n", Id);

    [Test]
    public void Where_nothing_may_be_opened_there_are_no_answers() =>
        FindingAssert.ReportsNothing("*filter\n:INPUT DROP [0:0]\n:OUTPUT DROP [0:0]\nCOMMIT\n", Id);
}
