using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class RedundantRuleAnalyzerTests
{
    private const string Id = "IPT3005";
    private const string Limit = "-m hashlimit --hashlimit-upto 5/sec --hashlimit-burst 5 --hashlimit-mode srcip --hashlimit-name";

    /// <summary>The proof is by a corner of the rule's packets, and the rules before name the most usual port.</summary>
    [TestCase("-A INPUT -p tcp -m tcp --dport 0:1023 -j DROP", ExpectedResult = "tcp 198.51.100.7:40000 -> 10.244.1.7:8080 in eth0")]
    [TestCase("-A INPUT -s 198.51.100.0/24 -j DROP", ExpectedResult = "tcp 203.0.113.9:40000 -> 10.244.1.7:80 in eth0")]
    public string? Shows_a_packet_that_people_can_read(string before) => Witnessed.One(
        $"""
        *filter
        :INPUT ACCEPT [0:0]
        {before}
        -A INPUT -i lo -j DROP
        [|-A INPUT -j ACCEPT|]
        COMMIT
        """,
        "IPT3005").Witness;

    [Test]
    public void A_limit_of_its_own_is_superfluous_before_a_policy_that_does_the_same() =>
        FindingAssert.Reports($"*filter\n:INPUT ACCEPT [0:0]\n[|-A INPUT {Limit} one -j ACCEPT|]\nCOMMIT\n", Id);

    /// <remarks>What it counts, another rule asks for.</remarks>
    [Test]
    public void A_limit_that_another_rule_counts_in_too_is_needed() =>
        FindingAssert.Reports($"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp {Limit} one -j ACCEPT\n-A INPUT -p udp {Limit} one -j DROP\nCOMMIT\n", Id);

    [TestCase("MARK --set-xmark 0x1/0xffffffff", "MARK --set-xmark 0x1/0x1", TestName = "A bit that is set already")]
    [TestCase("CONNMARK --save-mark --nfmask 0xff --ctmask 0xff", "CONNMARK --save-mark --nfmask 0xff --ctmask 0xff", TestName = "A mark saved twice")]
    public void A_mark_that_is_there_already(string first, string second) =>
        FindingAssert.Reports($"*mangle\n:INPUT ACCEPT [0:0]\n-A INPUT -j {first}\n[|-A INPUT -p tcp -j {second}|]\nCOMMIT\n", Id);

    /// <remarks>The class set last is the one that counts.</remarks>
    [Test]
    public void A_class_set_back_is_needed() => FindingAssert.Reports(
        "*mangle\n:FORWARD ACCEPT [0:0]\n-A FORWARD -j CLASSIFY --set-class 1:1\n-A FORWARD -p tcp -j CLASSIFY --set-class 1:2\n-A FORWARD -p tcp -j CLASSIFY --set-class 1:1\nCOMMIT\n",
        Id);

    [Test]
    public void A_mark_restored_from_the_connection_that_has_the_same() => FindingAssert.Reports(
        "*mangle\n:INPUT ACCEPT [0:0]\n[|-A INPUT -m mark --mark 0x1 -m connmark --mark 0x1 -j CONNMARK --restore-mark|]\nCOMMIT\n",
        Id);

    [TestCase(":INPUT ACCEPT [0:0]\n[|-A INPUT -p tcp -j ACCEPT|]", TestName = "ACCEPT before an ACCEPT policy")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n-A U -p tcp -m tcp --dport 22 -j DROP\n[|-A U -j RETURN|]", TestName = "RETURN at the end")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|-A INPUT -p tcp -m tcp --dport 22 -j DROP|]\n-A INPUT -p tcp -j DROP", TestName = "A later rule does the same")]
    [TestCase(":INPUT DROP [0:0]\n-A INPUT -i lo -j ACCEPT\n[|-A INPUT -p udp -j DROP|]", TestName = "DROP before a DROP policy")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|-A INPUT -s 192.0.2.1/32 -j DROP|]\n-A INPUT -s 192.0.2.0/24 -j DROP", TestName = "A later rule for the network")]
    public void Is_found(string rules) => FindingAssert.Reports($"*filter\n{rules}\nCOMMIT\n", Id);

    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT -p tcp -j DROP", TestName = "An exception")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 22 -j DROP\n-A INPUT -p tcp -j LOG\n-A INPUT -p tcp -j DROP", TestName = "Else it would be logged")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\n-A INPUT -p tcp -m tcp --dport 22 -j DROP", TestName = "No packet gets to it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j REJECT --reject-with tcp-reset\n-A INPUT -p tcp -j REJECT", TestName = "Another answer")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -m recent --set --name a\n-A INPUT -m recent --rcheck --name a -j DROP", TestName = "It remembers")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1", TestName = "The mark stays")]
    public void Is_not_found(string rules) => FindingAssert.ReportsNothing($"*filter\n{rules}\nCOMMIT\n", Id);
}
