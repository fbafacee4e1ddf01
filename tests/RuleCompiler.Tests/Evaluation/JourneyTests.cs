using NUnit.Framework;

namespace RuleCompiler.Tests.Evaluation;

/// <summary>What the recorded traces do not show, as network namespaces showed it.</summary>
internal sealed class JourneyTests
{
    private const string AllHooks = """
        *mangle
        :PREROUTING ACCEPT [0:0]
        :INPUT ACCEPT [0:0]
        :FORWARD ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :POSTROUTING ACCEPT [0:0]
        COMMIT
        """;

    [TestCase("tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0", ExpectedResult = "PREROUTING INPUT Accept")]
    [TestCase("tcp 10.1.0.9:1000 -> 10.9.0.1:80 in eth0", ExpectedResult = "PREROUTING FORWARD POSTROUTING Accept")]
    [TestCase("tcp 10.1.0.1:1000 -> 10.9.0.1:80 uid 0", ExpectedResult = "OUTPUT POSTROUTING Accept")]
    [TestCase("tcp 10.1.0.1:1000 -> 10.2.0.1:80 uid 0", ExpectedResult = "OUTPUT POSTROUTING PREROUTING INPUT Accept")]
    [TestCase("udp 10.1.0.9:1000 -> 10.1.0.255:80 in eth0", ExpectedResult = "PREROUTING INPUT Accept")]
    [TestCase("udp 10.1.0.9:1000 -> 224.0.0.1:80 in eth0", ExpectedResult = "PREROUTING INPUT Accept", TestName = "All hosts")]
    [TestCase("udp 10.1.0.9:1000 -> 224.0.0.5:80 in eth0", ExpectedResult = "PREROUTING lost", TestName = "A group of others")]
    [TestCase("udp 10.1.0.9:1000 -> 10.9.0.1:80 in eth0 ttl 1", ExpectedResult = "PREROUTING lost", TestName = "No hop left")]
    [TestCase("tcp 10.2.0.1:1000 -> 10.1.0.1:80 in eth0", ExpectedResult = "PREROUTING lost", TestName = "Source of this host")]
    [TestCase("tcp 10.1.0.9:1000 -> 127.0.0.1:80 in eth0", ExpectedResult = "PREROUTING lost", TestName = "To loopback")]
    [TestCase("tcp 127.0.0.1:1000 -> 127.0.0.1:80 in lo", ExpectedResult = "PREROUTING INPUT Accept", TestName = "Frame by lo")]
    [TestCase("tcp 10.9.0.9:1000 -> 10.1.0.1:80 in lo", ExpectedResult = "PREROUTING INPUT Accept", TestName = "Foreign frame on lo")]
    [TestCase("tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0 out eth1", ExpectedResult = "PREROUTING FORWARD POSTROUTING Accept")]
    [TestCase("tcp 10.1.0.1:1000 -> 10.9.0.1:80 out lo", ExpectedResult = "OUTPUT POSTROUTING PREROUTING INPUT Accept")]
    [TestCase("udp 10.1.0.9 -> 10.9.0.1 in eth0 fragment", ExpectedResult = "Stolen", TestName = "Fragment")]
    public string Packet_meets_the_hooks(string packet) => Traced.Path(AllHooks, packet);

    [Test]
    public void Host_that_does_not_forward_loses_what_is_not_its_own() => Assert.That(
        Traced.Path(AllHooks, "tcp 10.1.0.9:1000 -> 10.9.0.1:80 in eth0", Traced.Host[..^2] + """, "forwarding": false }"""),
        Is.EqualTo("PREROUTING lost"));

    [Test]
    public void Forwarded_packet_still_shows_its_incoming_interface_in_POSTROUTING() => Assert.That(
        Traced.Path(
            "*mangle\n:POSTROUTING ACCEPT [0:0]\n:U - [0:0]\n-A POSTROUTING -j U\n-A U -i eth0 -j ACCEPT\nCOMMIT\n",
            "tcp 10.1.0.9:1000 -> 10.2.0.9:80 in eth0"),
        Is.EqualTo("POSTROUTING#1 U#1 Accept"));

    [Test]
    public void Forwarded_packet_has_lost_a_hop_when_it_comes_to_FORWARD() => Assert.That(
        Traced.Path(
            "*mangle\n:PREROUTING ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n-A PREROUTING -m ttl --ttl-eq 64\n-A FORWARD -m ttl --ttl-eq 63\nCOMMIT\n",
            "tcp 10.1.0.9:1000 -> 10.2.0.9:80 in eth0"),
        Is.EqualTo("PREROUTING#1 PREROUTING FORWARD#1 FORWARD Accept"));

    [Test]
    public void OUTPUT_keeps_the_interface_that_was_chosen_before_it() => Assert.That(
        Traced.Path(
            """
            *nat
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT -j DNAT --to-destination 10.1.0.9
            COMMIT
            *filter
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT -d 10.1.0.9/32 -o eth0
            -A OUTPUT -d 10.1.0.9/32 -o eth1
            COMMIT
            *mangle
            :POSTROUTING ACCEPT [0:0]
            -A POSTROUTING -o eth0
            COMMIT
            """,
            "tcp 10.2.0.1:1000 -> 10.9.0.1:80 uid 0"),
        Is.EqualTo("OUTPUT#1 OUTPUT#2 OUTPUT POSTROUTING#1 POSTROUTING Accept"));

    [TestCase("mangle", ExpectedResult = "eth0")]
    [TestCase("filter", ExpectedResult = "eth1")]
    public string Mark_routes_again_only_in_mangle_OUTPUT(string table) => Traced.One(
        $"*{table}\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -j MARK --set-xmark 0x100/0xffffffff\nCOMMIT\n",
        "tcp 10.2.0.1:1000 -> 10.9.0.1:80 uid 0").Delivery?.Interface ?? "";

    [TestCase("TOS --set-tos 0x10/0xff", "10.2.0.1:1000 -> 10.9.0.1:80", ExpectedResult = "eth0")]
    [TestCase("DSCP --set-dscp 0x04", "10.2.0.1:1000 -> 10.9.0.1:80", ExpectedResult = "eth0")]
    [TestCase("TTL --ttl-set 63", "10.2.0.1:1000 -> 10.9.0.1:80", ExpectedResult = "eth1")]
    [TestCase("HL --hl-set 63", "[fd00:2::1]:1000 -> [fd00:9::1]:80", ExpectedResult = "eth0")]
    public string Header_changed_in_mangle_OUTPUT_routes_again_by_the_mark_set_before(string target, string way) => Traced.One(
        $"*raw\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -s {Prefix(way)} -j MARK --set-xmark 0x100/0xffffffff\nCOMMIT\n"
        + $"*mangle\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -s {Prefix(way)} -j {target}\nCOMMIT\n",
        $"tcp {way} uid 0",
        Traced.Host.Replace(
            "\"routes\": [",
            "\"routes\": [ {\"destination\": \"::/0\", \"interface\": \"eth1\"},"
            + " {\"destination\": \"::/0\", \"interface\": \"eth0\", \"table\": 100},",
            StringComparison.Ordinal)).Delivery?.Interface ?? "";

    private static string Prefix(string way) => way.StartsWith('[') ? "fd00::/16" : "10.0.0.0/8";

    [TestCase("--nowildcard --transparent", ExpectedResult = "PREROUTING#1 INPUT#1 INPUT Accept")]
    [TestCase("--transparent", ExpectedResult = "PREROUTING#1 INPUT Accept")]
    public string Socket_that_TPROXY_chose_is_the_packet_s(string options) => Traced.Path(
        "*mangle\n:PREROUTING ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n"
        + "-A PREROUTING -p tcp -j TPROXY --on-port 15006 --on-ip 0.0.0.0 --tproxy-mark 0x1/0x1\n"
        + $"-A INPUT -m socket {options}\nCOMMIT\n",
        "tcp 10.1.0.9:1000 -> 10.2.0.1:80 in eth0");

    [TestCase("state ESTABLISHED", ExpectedResult = "dnat 10.1.0.9:8080")]
    [TestCase("state ESTABLISHED dir reply", ExpectedResult = "dnat 10.1.0.9:8080")]
    [TestCase("state INVALID", ExpectedResult = "")]
    public string Translation_decided_before_is_applied_without_meeting_nat(string state) => Traced.Rewrites(
        "*nat\n:PREROUTING DROP [0:0]\n-A PREROUTING -j REDIRECT\nCOMMIT\n",
        $"tcp 10.2.0.9:1000 -> 10.2.0.1:80 in eth1 {state} nat 10.2.0.9:1000 -> 10.1.0.9:8080");
}
