using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Extensions;

namespace RuleCompiler.Tests.Evaluation;

/// <summary>What each clause of a packet expression, and each default, means to a rule that asks for it.</summary>
internal sealed class PacketLanguageTests
{
    private const string Sent = "tcp 10.0.0.1:40000 -> 10.0.0.9:80";
    private const string Arrived = "tcp 10.0.0.9:40000 -> 10.0.0.1:80 in eth0";
    private const string SentV6 = "tcp [fd00::1]:40000 -> [fd00::9]:80";

    [TestCase("udplite 10.0.0.1:1 -> 10.0.0.9:2", "-p udplite", ExpectedResult = true, TestName = "A protocol by name")]
    [TestCase("99 10.0.0.1 -> 10.0.0.9", "-p 99", ExpectedResult = true, TestName = "A protocol by number")]
    [TestCase("tcp 10.0.0.9:1 -> 10.0.0.1:80 in lo", "-i lo", ExpectedResult = true, TestName = "'in' is taken literally, lo too")]
    [TestCase(Sent, "-o eth0", ExpectedResult = true, TestName = "Without 'out' the routing facts decide")]
    [TestCase(Sent + " out eth1", "-o eth1", ExpectedResult = true, TestName = "'out' overrules them")]
    [TestCase(Sent + " uid 7", "-m owner --uid-owner 7 --gid-owner 0", ExpectedResult = true, TestName = "'uid' alone: the group is 0")]
    [TestCase(Sent + " gid 7", "-m owner --uid-owner 0 --gid-owner 7", ExpectedResult = true, TestName = "'gid' alone: the user is 0")]
    [TestCase(Sent, "-m owner --socket-exists", ExpectedResult = false, TestName = "With neither there is no socket")]
    [TestCase(Sent, "-m owner ! --uid-owner 0", ExpectedResult = true, TestName = "And a negated test holds")]
    [TestCase(Sent + " uid 7 gid 8 groups 77,78", "-m owner --gid-owner 78 --suppl-groups", ExpectedResult = true)]
    [TestCase(Sent + " uid 7 gid 8 groups 77,78", "-m owner --gid-owner 78", ExpectedResult = false)]
    [TestCase(Sent + " socket none", "-m owner --socket-exists", ExpectedResult = false)]
    [TestCase(Sent + " socket kernel", "-m owner --socket-exists", ExpectedResult = true)]
    [TestCase(Sent + " socket kernel", "-m owner --uid-owner 0", ExpectedResult = false)]
    [TestCase(Arrived, "-m conntrack --ctstate NEW", ExpectedResult = true, TestName = "The state is NEW if not given")]
    [TestCase(Arrived + " state INVALID", "-m conntrack --ctstate INVALID", ExpectedResult = true)]
    [TestCase(Arrived + " state UNTRACKED", "-m conntrack --ctstate UNTRACKED", ExpectedResult = true)]
    [TestCase(Arrived + " state ESTABLISHED", "-m conntrack --ctdir ORIGINAL", ExpectedResult = true, TestName = "ESTABLISHED means the original direction")]
    [TestCase(Arrived + " state ESTABLISHED dir reply", "-m conntrack --ctdir REPLY", ExpectedResult = true)]
    [TestCase(Arrived + " state ESTABLISHED ctstatus ASSURED,CONFIRMED", "-m conntrack --ctstatus ASSURED", ExpectedResult = true)]
    [TestCase(Arrived + " state ESTABLISHED ctstatus CONFIRMED", "-m conntrack --ctstatus ASSURED", ExpectedResult = false)]
    [TestCase(Arrived, "-m mark --mark 0", ExpectedResult = true, TestName = "The mark is 0 if not given")]
    [TestCase(Arrived + " mark 0x539", "-m mark --mark 1337", ExpectedResult = true)]
    [TestCase(Arrived + " mark 0x1/0xff", "-m mark --mark 0x1/0xf", ExpectedResult = true, TestName = "'mark V/M' tells the bits of the mask")]
    [TestCase(Arrived + " ctmark 0x5", "-m connmark --mark 5", ExpectedResult = true)]
    [TestCase(Arrived + " state ESTABLISHED ctorig 10.0.0.9:40000 -> 10.96.0.1:443", "-m conntrack --ctproto tcp --ctorigdstport 443", ExpectedResult = true)]
    [TestCase(Arrived + " state ESTABLISHED nat 10.0.0.9:40000 -> 10.1.0.9:8080", "-m conntrack --ctreplsrc 10.1.0.9", ExpectedResult = true)]
    [TestCase(Arrived + " state ESTABLISHED nat 10.0.0.9:40000 -> 10.1.0.9:8080", "-m conntrack --ctstate DNAT", ExpectedResult = true)]
    [TestCase(Arrived, "-p tcp --syn", ExpectedResult = true, TestName = "The flags are SYN if not given")]
    [TestCase(Arrived + " flags SYN,ACK", "-p tcp --tcp-flags ALL SYN,ACK", ExpectedResult = true)]
    [TestCase(Arrived + " flags NONE", "-p tcp --tcp-flags ALL NONE", ExpectedResult = true)]
    [TestCase(Arrived + " options 2,4,8", "-p tcp --tcp-option 4", ExpectedResult = true)]
    [TestCase(Arrived, "-p tcp ! --tcp-option 4", ExpectedResult = true, TestName = "There are no options if not given")]
    [TestCase(Arrived + " mss 1460", "-p tcp -m tcpmss --mss 1400:1500", ExpectedResult = true)]
    [TestCase("icmp 10.0.0.9 -> 10.0.0.1 in eth0", "-p icmp --icmp-type echo-request", ExpectedResult = true, TestName = "The type is echo-request if not given")]
    [TestCase("icmp 10.0.0.9 -> 10.0.0.1 in eth0 type 3/1", "-p icmp --icmp-type 3/1", ExpectedResult = true)]
    [TestCase(Arrived + " length 60", "-m length --length 60", ExpectedResult = true)]
    [TestCase(Arrived, "-m ttl --ttl-eq 64", ExpectedResult = true, TestName = "The time to live is 64 if not given")]
    [TestCase(Arrived + " ttl 5", "-m ttl --ttl-lt 6", ExpectedResult = true)]
    [TestCase(Arrived, "-m tos --tos 0/0xff", ExpectedResult = true, TestName = "The type of service is 0 if not given")]
    [TestCase(Arrived + " tos 0x10", "-m tos --tos 0x10/0xff", ExpectedResult = true)]
    [TestCase(Arrived + " dscp 46", "-m dscp --dscp 0x2e", ExpectedResult = true)]
    [TestCase(Arrived + " mac 02:00:00:00:00:77", "-m mac --mac-source 02:00:00:00:00:77", ExpectedResult = true)]
    [TestCase(Arrived + " physin vif1", "-m physdev --physdev-in vif1", ExpectedResult = true)]
    [TestCase(Arrived + " physin vif1 physout vif2", "-m physdev --physdev-is-bridged", ExpectedResult = true)]
    [TestCase(Arrived + " in-set blocked,other", "-m set --match-set other src", ExpectedResult = true)]
    [TestCase(Arrived + " match \"-m bpf --bytecode \\\"1,6 0 0 1\\\"\"", "-m bpf --bytecode \"1,6 0 0 1\"", ExpectedResult = true)]
    public bool Means_to_a_rule(string packet, string test) => ExtensionAssert.Matches(test, packet);

    [TestCase(SentV6 + " hl 5", "-m hl --hl-eq 5", ExpectedResult = true)]
    [TestCase("icmpv6 fd00::1 -> fd00::9", "-p icmpv6 --icmpv6-type echo-request", ExpectedResult = true)]
    [TestCase(SentV6 + " uid 7", "-m owner --uid-owner 7", ExpectedResult = true)]
    public bool Means_to_a_rule_of_IPv6(string packet, string test) => ExtensionAssert.Matches(test, packet, Family.IPv6);

    [TestCase(Arrived, "-m length --length 60", TestName = "The length has no default")]
    [TestCase(Arrived + " mark 0x1/0xff", "-m mark --mark 0x100/0x100", TestName = "Bits beyond the mask of 'mark V/M'")]
    [TestCase(Arrived + " ctmark 0x1/0xff", "-m connmark --mark 0x100/0x100", TestName = "And of 'ctmark V/M'")]
    [TestCase(Arrived, "-m mac --mac-source 02:00:00:00:00:77", TestName = "The frame's source has none")]
    [TestCase(Arrived, "-m string --string x --algo bm", TestName = "The payload is never told: string")]
    [TestCase(Arrived, "-m u32 --u32 \"0x0&0xff=0x0\"", TestName = "u32")]
    [TestCase(Arrived, "-m bpf --bytecode \"1,6 0 0 1\"", TestName = "bpf")]
    [TestCase(Arrived, "-m set --match-set blocked src", TestName = "Nor is a set without members")]
    public void Is_left_open(string packet, string test) => Assert.That(ExtensionAssert.IsUnknown(test, packet), Is.True);
}
