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

    [Test]
    public void Answers_through_a_gateway_are_stopped() => FindingAssert.Reports(
        """
        *filter
        :INPUT ACCEPT [0:0]
        [|:FORWARD DROP [0:0]|]
        :OUTPUT ACCEPT [0:0]
        -A FORWARD -i lan0 -o wan0 -j ACCEPT
        COMMIT
        """,
        Id);

    [TestCase("-A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT", "")]
    [TestCase("-A FORWARD -i wan0 -o lan0 -p tcp -m tcp --sport 1024:65535 -d 192.0.2.1 -j ACCEPT\n-A FORWARD -i wan0 -o lan0 -j ACCEPT", "-A POSTROUTING -o wan0 -j MASQUERADE")]
    public void Answers_through_a_gateway_pass(string rules, string nat) => FindingAssert.ReportsNothing(
        $"""
        *nat
        :POSTROUTING ACCEPT [0:0]
        {nat}
        COMMIT
        *filter
        :INPUT ACCEPT [0:0]
        :FORWARD DROP [0:0]
        :OUTPUT ACCEPT [0:0]
        -A FORWARD -i lan0 -o wan0 -j ACCEPT
        {rules}
        COMMIT
        """,
        Id);

    /// <summary>The gateway's own network stands behind the address that it takes for all.</summary>
    [Test]
    public void Answers_are_told_by_the_address_that_they_are_for_in_truth() => FindingAssert.Reports(
        """
        *nat
        :POSTROUTING ACCEPT [0:0]
        -A POSTROUTING -o wan0 -j MASQUERADE
        COMMIT
        *filter
        :INPUT ACCEPT [0:0]
        [|:FORWARD DROP [0:0]|]
        :OUTPUT ACCEPT [0:0]
        -A FORWARD -i lan0 -o wan0 -j ACCEPT
        -A FORWARD -i wan0 -o wan0 -j ACCEPT
        COMMIT
        """,
        Id);

    [Test]
    public void Answers_are_accepted_by_the_mark_of_their_connection() => FindingAssert.ReportsNothing(
        """
        *mangle
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -j CONNMARK --set-xmark 0x7/0xffffffff
        COMMIT
        *filter
        :INPUT DROP [0:0]
        :OUTPUT ACCEPT [0:0]
        -A INPUT -m connmark --mark 0x7 -j ACCEPT
        COMMIT
        """,
        Id);
}
