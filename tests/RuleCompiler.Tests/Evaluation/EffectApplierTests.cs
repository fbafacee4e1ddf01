using NUnit.Framework;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class EffectApplierTests
{
    [TestCase("MARK --set-xmark 0x5/0xf", "mark 0xf3", ExpectedResult = "mark 0xf5")]
    [TestCase("MARK --set-mark 0x100/0xff", "mark 0xf3", ExpectedResult = "mark 0x100")]
    [TestCase("MARK --and-mark 0xf0", "mark 0xf3", ExpectedResult = "mark 0xf0")]
    [TestCase("MARK --or-mark 0xf0", "mark 0x3", ExpectedResult = "mark 0xf3")]
    [TestCase("MARK --xor-mark 0xff", "mark 0xf3", ExpectedResult = "mark 0xc")]
    [TestCase("MARK --set-xmark 0x5/0xf", "mark 0xf0/0xf0", ExpectedResult = "mark 0xf5/0xff")]
    [TestCase("MARK --set-xmark 0x5/0xffffffff", "mark 0xf0/0xf0", ExpectedResult = "mark 0x5")]
    [TestCase("CONNMARK --set-xmark 0x5/0xffffffff", "", ExpectedResult = "connmark 0x5")]
    [TestCase("CONNMARK --set-xmark 0x5/0xffffffff", "state UNTRACKED", ExpectedResult = "")]
    [TestCase("CONNMARK --save-mark --nfmask 0xff0 --ctmask 0xfff", "mark 0xabcd ctmark 0xf0f0", ExpectedResult = "connmark 0xfbc0")]
    [TestCase("CONNMARK --restore-mark --nfmask 0xff --ctmask 0xf00", "mark 0xabcd ctmark 0xfbc0", ExpectedResult = "mark 0xa000")]
    [TestCase("HMARK --hmark-tuple src --hmark-mod 9 --hmark-rnd 1", "mark 0xf3", ExpectedResult = "mark 0x0/0x0")]
    [TestCase("TTL --ttl-dec 70", "", ExpectedResult = "ttl 0")]
    [TestCase("TTL --ttl-set 9", "", ExpectedResult = "ttl 9")]
    [TestCase("TOS --set-tos 0x10/0xff", "tos 0x8", ExpectedResult = "tos 0x10")]
    [TestCase("DSCP --set-dscp 0x2e", "tos 0x3", ExpectedResult = "tos 0xbb")]
    public string Changes(string target, string clauses) => string.Join("; ", Traced.One(
        $"*mangle\n:INPUT ACCEPT [0:0]\n-A INPUT -j {target}\nCOMMIT\n",
        $"tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0 {clauses}").Steps[0].Effects.Select(e => $"{e.Kind} {e.Value}"));

    [Test]
    public void Prefix_translation_is_seen_by_later_rules_and_not_by_the_connection() => Assert.That(
        Traced.Path(
            """
            *mangle
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -j DNPT --src-pfx 2001:db8::/64 --dst-pfx fd00::/64
            -A PREROUTING -d fd00::/64 -m conntrack --ctorigdst 2001:db8::/64 -j ACCEPT
            COMMIT
            """,
            "tcp [2001:db8:5::9]:1000 -> [2001:db8::1]:80 in eth0"),
        Is.EqualTo("PREROUTING#1 PREROUTING#2 lost"));

    [Test]
    public void Notrack_hides_the_connection_and_keeps_the_packet_from_nat() => Assert.That(
        Traced.Path(
            """
            *raw
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -j CT --notrack
            COMMIT
            *nat
            :PREROUTING DROP [0:0]
            COMMIT
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -m conntrack --ctstate UNTRACKED -j ACCEPT
            COMMIT
            """,
            "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0"),
        Is.EqualTo("PREROUTING#1 PREROUTING INPUT#1 Accept"));

    [TestCase("-j CT --zone 3", "-j CT --notrack", ExpectedResult = "NEW")]
    [TestCase("-j CT --zone-reply 3", "-j NOTRACK", ExpectedResult = "NEW")]
    [TestCase("-p tcp -j CT --helper ftp", "-j CT --notrack", ExpectedResult = "NEW")]
    [TestCase("-j CT --notrack", "-j CT --zone 3", ExpectedResult = "UNTRACKED")]
    public string What_CT_says_first_sticks(string first, string second) => Traced.Path(
        $"""
        *raw
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING {first}
        -A PREROUTING {second}
        COMMIT
        *filter
        :INPUT ACCEPT [0:0]
        -A INPUT -m conntrack --ctstate UNTRACKED -j DROP
        COMMIT
        """,
        "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0").EndsWith("Drop", StringComparison.Ordinal) ? "UNTRACKED" : "NEW";

    [Test]
    public void A_zone_is_chosen_once() => Assert.That(
        Traced.One(
            """
            *raw
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -j CT --zone 3
            -A PREROUTING -j CT --zone 5
            COMMIT
            """,
            "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0").Steps.SelectMany(step => step.Effects.Select(effect => effect.Value)),
        Is.EqualTo(["3"]));

    /// <remarks>Shown by the kernel: the number is part of what picks the address, whichever direction the zone counts for.</remarks>
    [TestCase("-m comment --comment none", ExpectedResult = "10.0.123.117")]
    [TestCase("-j CT --zone 5", ExpectedResult = "10.0.123.108")]
    [TestCase("-j CT --zone mark\n-A PREROUTING -j MARK --set-mark 5", ExpectedResult = "10.0.123.108")]
    [TestCase("-j CT --zone-orig 5", ExpectedResult = "10.0.123.108")]
    [TestCase("-j CT --zone-reply 5", ExpectedResult = "10.0.123.108")]
    public string? A_zone_counts_where_an_address_is_picked(string rule) => Traced.One(
        $"""
        *raw
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING {rule}
        COMMIT
        *nat
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING -j DNAT --to-destination 10.0.123.83-10.0.123.242
        COMMIT
        """,
        "icmp 10.1.176.248 -> 10.0.123.83 in eth0 type echo-request").Rewrites.Single().Destination?.ToString();
}
