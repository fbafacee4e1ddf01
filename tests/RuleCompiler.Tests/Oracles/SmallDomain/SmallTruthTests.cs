using NUnit.Framework;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>What the oracle says of dumps small enough to be decided by hand.</summary>
internal sealed class SmallTruthTests
{
    [TestCase("-p tcp -j DROP;-p tcp -m tcp --dport 80 -j ACCEPT", "IPT3001 filter:INPUT:2", TestName = "One rule of another outcome covers")]
    [TestCase("-p tcp -j DROP;-p tcp -m tcp --dport 80 -j DROP", "IPT3002 filter:INPUT:2 (all)", TestName = "One rule of the same outcome covers")]
    [TestCase(
        "-p tcp -m tcp --dport 0:80 -j DROP;-p tcp -m tcp --dport 81:65535 -j ACCEPT;-p tcp -j DROP",
        "IPT3005 filter:INPUT:1,IPT3002 filter:INPUT:3 (some)",
        TestName = "Two rules cover together, one of them with the same outcome")]
    [TestCase(
        "-p tcp -m tcp --dport 80 -j DROP;-p tcp -m tcp --dport 81 -j ACCEPT;-p tcp -m multiport --dports 80,81 -j REJECT",
        "IPT3001 filter:INPUT:3",
        TestName = "Two rules cover together, both with other outcomes")]
    [TestCase("-j DROP;-p tcp -j ACCEPT;-p udp -j DROP", "IPT3003 filter:INPUT:2-3", TestName = "A run behind a catch-all is one finding")]
    [TestCase("-j DROP;-p tcp -j ACCEPT", "IPT3001 filter:INPUT:2", TestName = "A single rule behind a catch-all is no run")]
    [TestCase("-p tcp -m tcp --dport 80 -m multiport ! --dports 80,81 -j DROP", "IPT3004 filter:INPUT:1", TestName = "Tests that exclude each other")]
    [TestCase("-m string --string \"abc\" --algo bm -m string ! --string \"abc\" --algo bm -j DROP", "IPT3004 filter:INPUT:1", TestName = "One unknown asked both ways")]
    [TestCase("-p tcp -j DROP;-p udp -j ACCEPT", "IPT3005 filter:INPUT:2", TestName = "The policy does the same")]
    [TestCase("-p tcp -j DROP;-p tcp -j DROP", "IPT3005 filter:INPUT:1,IPT3011 filter:INPUT:2", TestName = "A copy of a rule")]
    [TestCase("-p tcp -j LOG;-p tcp -j LOG", "", TestName = "Two logs are two lines")]
    [TestCase("-p tcp -j DROP;-p tcp -j LOG", "IPT3002 filter:INPUT:2 (all)", TestName = "A log that is never written decides nothing")]
    [TestCase("-m limit --limit 5/sec -j DROP;-m limit --limit 5/sec -j DROP", "", TestName = "Each limit is an unknown of its own")]
    [TestCase("-m set --match-set s src -j DROP;-m set --match-set s src -j ACCEPT", "IPT3001 filter:INPUT:2", TestName = "A set is one unknown")]
    [TestCase("-m set --match-set s src -j DROP;-m set ! --match-set s src -j DROP;-j ACCEPT", "IPT3001 filter:INPUT:3", TestName = "A set and its opposite cover all")]
    public void Says(string rules, string findings)
    {
        var lines = rules.Split(';').Select(rule => $"-A INPUT {rule}\n");
        Assert.That(
            string.Join(',', SmallTruth.Of(SmallReader.Dump($"*filter\n:INPUT ACCEPT [0:0]\n{string.Concat(lines)}COMMIT\n"))),
            Is.EqualTo(findings));
    }

    [Test]
    public void Jump_takes_what_its_chain_decides() => AssertTruth(
        """
        *filter
        :INPUT ACCEPT [0:0]
        :web - [0:0]
        :lost - [0:0]
        -A INPUT -p tcp -j web
        -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT
        -A web -p tcp -m tcp --dport 80 -j DROP
        -A web -p udp -j DROP
        -A lost -p udp -j DROP
        COMMIT
        """,
        "IPT3001 filter:INPUT:2",
        "IPT3002 filter:web:2 (all)",
        "IPT3012 filter:lost");

    [Test]
    public void Rewrite_is_seen_by_the_tables_behind_it() => AssertTruth(
        """
        *nat
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 81
        -A OUTPUT -p tcp -m tcp --dport 80 -j ACCEPT
        COMMIT
        *filter
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -p tcp -m conntrack --ctstate NEW -m tcp --dport 80 -j DROP
        -A OUTPUT -p tcp -m conntrack --ctstate ESTABLISHED -m tcp --dport 80 -j DROP
        COMMIT
        """,
        "IPT3001 nat:OUTPUT:2",
        "IPT3008 filter:OUTPUT:1");

    [Test]
    public void Mark_and_tracking_are_carried_on() => AssertTruth(
        """
        *raw
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING -p tcp -j CT --notrack
        COMMIT
        *mangle
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING -p tcp -m conntrack --ctstate NEW -j DROP
        -A PREROUTING -j MARK --set-xmark 0x1/0xffffffff
        -A PREROUTING -m mark --mark 0x2 -j DROP
        -A PREROUTING -m mark --mark 0x1 -j MARK --set-xmark 0x1/0x1
        COMMIT
        """,
        "IPT3002 mangle:PREROUTING:1 (all)",
        "IPT3001 mangle:PREROUTING:3",
        "IPT3005 mangle:PREROUTING:4");

    [Test]
    public void Goto_does_not_come_back() => AssertTruth(
        """
        *filter
        :FORWARD DROP [0:0]
        :a - [0:0]
        :b - [0:0]
        -A FORWARD -j a
        -A FORWARD -p udp -j ACCEPT
        -A a -p tcp -g b
        -A a -p tcp -j ACCEPT
        -A b -p udp -j ACCEPT
        COMMIT
        """,
        "IPT3005 filter:FORWARD:1",
        "IPT3001 filter:a:2",
        "IPT3002 filter:b:1 (all)");

    private static void AssertTruth(string dump, params string[] findings) => Assert.That(
        SmallTruth.Of(SmallReader.Dump(dump)).Select(finding => finding.ToString()), Is.EqualTo(findings));
}
