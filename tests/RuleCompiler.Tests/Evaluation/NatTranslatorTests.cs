using NUnit.Framework;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class NatTranslatorTests
{
    [TestCase("REDIRECT", ExpectedResult = "redirect 10.1.0.1:80")]
    [TestCase("REDIRECT --to-ports 81", ExpectedResult = "redirect 10.1.0.1:81")]
    [TestCase("REDIRECT --to-ports 70-90", ExpectedResult = "redirect 10.1.0.1:80")]
    [TestCase("REDIRECT --to-ports 90-99", ExpectedResult = "redirect 10.1.0.1:90")]
    [TestCase("REDIRECT --to-ports 70-90 --random", ExpectedResult = "redirect 10.1.0.1:70-90")]
    [TestCase("DNAT --to-destination 10.2.0.9", ExpectedResult = "dnat 10.2.0.9:80")]
    [TestCase("DNAT --to-destination 10.2.0.9:81", ExpectedResult = "dnat 10.2.0.9:81")]
    [TestCase("DNAT --to-destination :81", ExpectedResult = "dnat 10.9.0.1:81")]
    [TestCase("DNAT --to-destination 10.2.0.9:9000-9100/70", ExpectedResult = "dnat 10.2.0.9:9010")]
    [TestCase("DNAT --to-destination 10.9.0.1", ExpectedResult = "")]
    [TestCase("NETMAP --to 10.77.0.0/16", ExpectedResult = "netmap 10.77.0.1:80")]
    public string Destination(string target) => Traced.Rewrites(
        $"*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j {target}\nCOMMIT\n",
        "tcp 10.1.0.9:1000 -> 10.9.0.1:80 in eth0");

    [TestCase("SNAT --to-source 10.2.0.7", ExpectedResult = "snat 10.2.0.7:1000")]
    [TestCase("SNAT --to-source 10.2.0.7:900-1100", ExpectedResult = "snat 10.2.0.7:1000")]
    [TestCase("SNAT --to-source 10.2.0.7:2000", ExpectedResult = "snat 10.2.0.7:2000")]
    [TestCase("SNAT --to-source 10.2.0.7:2000-2009", ExpectedResult = "snat 10.2.0.7:2000-2009")]
    [TestCase("SNAT --to-source 10.2.0.7 --random", ExpectedResult = "snat 10.2.0.7:600-1023")]
    [TestCase("SNAT --to-source 10.1.0.1-10.1.0.99", ExpectedResult = "", TestName = "SNAT to a range that holds the source")]
    [TestCase("MASQUERADE", ExpectedResult = "masquerade 10.2.0.1:1000")]
    [TestCase("MASQUERADE --random-fully", ExpectedResult = "masquerade 10.2.0.1:600-1023")]
    [TestCase("NETMAP --to 10.77.0.0/16", ExpectedResult = "netmap 10.77.0.9:1000")]
    public string Source(string target) => Traced.Rewrites(
        $"*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -p tcp -j {target}\nCOMMIT\n",
        "tcp 10.1.0.9:1000 -> 10.9.0.1:80 in eth0");

    /// <remarks>Observed on Linux 6.18: conntrack knows a connection of DCCP by its addresses alone.</remarks>
    [TestCase("PREROUTING", "dccp", "REDIRECT --to-ports 81", ExpectedResult = "redirect 10.1.0.1:80")]
    [TestCase("PREROUTING", "dccp", "DNAT --to-destination 10.2.0.9:81", ExpectedResult = "dnat 10.2.0.9:80")]
    [TestCase("PREROUTING", "dccp", "DNAT --to-destination 10.2.0.9:90-99 --random", ExpectedResult = "dnat 10.2.0.9:80")]
    [TestCase("PREROUTING", "dccp", "DNAT --to-destination :81", ExpectedResult = "")]
    [TestCase("PREROUTING", "dccp", "NETMAP --to 10.77.0.0/16", ExpectedResult = "netmap 10.77.0.1:80")]
    [TestCase("POSTROUTING", "dccp", "SNAT --to-source 10.2.0.7:2000-2009", ExpectedResult = "snat 10.2.0.7:1000")]
    [TestCase("POSTROUTING", "dccp", "SNAT --to-source 10.1.0.1-10.1.0.9:2000", ExpectedResult = "")]
    [TestCase("POSTROUTING", "dccp", "MASQUERADE --random-fully", ExpectedResult = "masquerade 10.2.0.1:1000")]
    [TestCase("POSTROUTING", "udplite", "MASQUERADE --random-fully", ExpectedResult = "masquerade 10.2.0.1:600-1023")]
    [TestCase("PREROUTING", "sctp", "DNAT --to-destination :81", ExpectedResult = "dnat 10.9.0.1:81")]
    public string Ports_that_conntrack_does_not_know_stay(string chain, string protocol, string target) => Traced.Rewrites(
        $"*nat\n:{chain} ACCEPT [0:0]\n-A {chain} -p {protocol} -j {target}\nCOMMIT\n",
        $"{protocol} 10.1.0.9:1000 -> 10.9.0.1:80 in eth0");

    [Test]
    public void A_known_connection_of_DCCP_has_its_addresses_translated_alone() => Assert.That(
        Traced.Rewrites(
            "*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n",
            "dccp 10.1.0.9:1000 -> 10.9.0.1:80 in eth0 state ESTABLISHED nat 10.1.0.9:1000 -> 10.2.0.9:81"),
        Is.EqualTo("dnat 10.2.0.9:80"));

    [TestCase("fd00:1::1", ExpectedResult = "", TestName = "To the source that conntrack knows")]
    [TestCase("fd00:9::9", ExpectedResult = "snat [fd00:9::9]:1000", TestName = "To another source")]
    public string SNPT_hides_nothing_from_conntrack(string source) => Traced.Rewrites(
        "*mangle\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -j SNPT --src-pfx fd00:1::/64 --dst-pfx fd77::/64\nCOMMIT\n"
            + $"*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -j SNAT --to-source {source}\nCOMMIT\n",
        "tcp [fd00:1::1]:1000 -> [fd00:2::9]:80");

    [Test]
    public void NETMAP_changes_nothing_that_SNPT_has_made_so() => Assert.That(
        Traced.Rewrites(
            "*mangle\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -j SNPT --src-pfx fd00:1::/64 --dst-pfx fd77::/64\nCOMMIT\n"
                + "*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -j NETMAP --to fd77::/64\nCOMMIT\n",
            "tcp [fd00:1::1]:1000 -> [fd00:2::9]:80"),
        Is.Empty);

    [Test]
    public void What_loops_back_is_made_again_what_its_connection_says() => Assert.That(
        Traced.Path(
            "*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -j DNPT --src-pfx ::/64 --dst-pfx fd77::/64\nCOMMIT\n"
                + "*nat\n:PREROUTING ACCEPT [0:0]\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -j REDIRECT\nCOMMIT\n"
                + "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -d ::1/128 -j DROP\nCOMMIT\n",
            "udp [fd00:1::1]:1000 -> [fd00:2::9]:80",
            """{ "interfaces": [ {"name": "eth0", "addresses": ["fd00:1::1/64"]} ], "routes": [ {"destination": "default", "via": "fd00:1::fe", "interface": "eth0"} ] }"""),
        Does.EndWith("INPUT#1 Drop"));

    /// <remarks>The packet goes where DNPT had it routed: for its connection the destination was <c>::1</c> before, so that it is not routed again.</remarks>
    [Test]
    public void REDIRECT_to_where_the_connection_went_anyway_routes_nothing() => Assert.That(
        Traced.Path(
            "*mangle\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -j DNPT --src-pfx fd00:1::/64 --dst-pfx fd77::/64\nCOMMIT\n"
                + "*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p udp -j REDIRECT --to-ports 53\nCOMMIT\n"
                + "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\nCOMMIT\n",
            "udp [::1]:1000 -> [::1]:443",
            """{ "interfaces": [ {"name": "eth0", "addresses": ["fd00:1::1/64"]} ], "routes": [ {"destination": "default", "via": "fd00:1::fe", "interface": "eth0"} ] }"""),
        Does.Not.Contain("INPUT#1"));

    [TestCase("udp 127.0.0.1:1000 -> 127.0.0.1:9", ExpectedResult = "masquerade 10.1.0.1:1000")]
    [TestCase("udp 10.2.0.1:1000 -> 127.0.0.1:9", ExpectedResult = "masquerade 10.1.0.1:1000")]
    [TestCase("udp 10.1.0.1:1000 -> 127.0.0.1:9", ExpectedResult = "")]
    public string MASQUERADE_by_lo_takes_the_first_address_of_another_interface(string packet) =>
        Traced.Rewrites("*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -o lo -j MASQUERADE\nCOMMIT\n", packet);

    [Test]
    public void REDIRECT_by_an_interface_without_address_drops() => Assert.That(
        Traced.Path(
            "*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -p tcp -j REDIRECT\nCOMMIT\n",
            "tcp 10.1.0.9:1000 -> 10.9.0.1:80 in eth0",
            """{ "interfaces": [ {"name": "eth0", "addresses": []} ] }"""),
        Is.EqualTo("PREROUTING#1 Drop"));

    [Test]
    public void Random_port_is_a_range_that_later_rules_may_or_may_not_match()
    {
        var traces = Traced.All(
            """
            *nat
            :INPUT ACCEPT [0:0]
            -A INPUT -p udp -j SNAT --to-source 10.1.0.7:2000-2009
            COMMIT
            *security
            :INPUT ACCEPT [0:0]
            -A INPUT -p udp -m udp --sport 1000
            -A INPUT -p udp -m udp --sport 2000:2009
            -A INPUT -p udp -m udp --sport 2004 -j DROP
            COMMIT
            """,
            "udp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0");

        Assert.That(traces.Select(t => $"{Traced.Path(t)}, {t.Assumptions.Single()}"), Is.EqualTo(new[]
        {
            "INPUT#1 INPUT#2 INPUT#3 Drop, sport at security:INPUT:3 matches",
            "INPUT#1 INPUT#2 INPUT Accept, sport at security:INPUT:3 does not match",
        }));
    }

    /// <remarks>By the gateway it would be 10.9.0.1; without one the next hop is the destination itself.</remarks>
    [Test]
    public void MASQUERADE_goes_by_the_route_taken_whatever_the_mark_becomes_behind_it() => Assert.That(
        Traced.Rewrites(
            """
            *mangle
            :OUTPUT ACCEPT [0:0]
            :POSTROUTING ACCEPT [0:0]
            -A OUTPUT -j MARK --set-xmark 0x5/0xffffffff
            -A POSTROUTING -j MARK --set-xmark 0x0/0xffffffff
            COMMIT
            *nat
            :POSTROUTING ACCEPT [0:0]
            -A POSTROUTING -j MASQUERADE
            COMMIT
            """,
            "tcp 10.8.0.1:1000 -> 192.0.2.1:80 uid 0",
            """
            { "interfaces": [ {"name": "eth0", "addresses": ["10.8.0.1/24", "10.9.0.1/24"]} ],
              "routes": [ {"destination": "default", "via": "10.9.0.254", "interface": "eth0"},
                          {"destination": "default", "interface": "eth0", "table": 133} ],
              "rules": [ {"mark": "0x5", "table": 133} ] }
            """),
        Is.Empty);
}
