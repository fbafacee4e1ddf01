using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Evaluation;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>What routing loses on both sides is no difference; what one of them stops before, the other loses.</summary>
internal sealed class LostPacketsTests
{
    private const string Accepts = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\nCOMMIT\n";

    [TestCase(Family.IPv4, "-A INPUT -i eth0 -s 127.0.0.0/8 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A INPUT -i eth0 -s 126.0.0.0/7 -j DROP", ExpectedResult = false)]
    [TestCase(Family.IPv4, "-A INPUT -s 127.0.0.0/8 -j DROP", ExpectedResult = false)]
    [TestCase(Family.IPv4, "-A INPUT ! -i lo -s 127.0.0.0/8 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A INPUT -i eth0 -s 224.0.0.0/4 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A INPUT -i eth0 -s 10.244.1.7 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A INPUT -i eth0 -s 10.244.1.8 -j DROP", ExpectedResult = false)]
    [TestCase(Family.IPv4, "-A INPUT -i eth0 -d 127.0.0.0/8 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A FORWARD -i eth0 -d 224.0.0.2 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A FORWARD -d 224.0.0.2 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A FORWARD -d 224.0.0.1 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A INPUT -d 224.0.0.1 -j DROP", ExpectedResult = false)]
    [TestCase(Family.IPv4, "-A FORWARD -d 255.255.255.255 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A FORWARD -i eth0 -s 0.0.0.0 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv4, "-A INPUT -i eth0 -s 0.0.0.0 -j DROP", ExpectedResult = false)]
    [TestCase(Family.IPv4, "-A FORWARD -s 224.0.0.2 -j DROP", ExpectedResult = false)]
    [TestCase(Family.IPv4, "-A INPUT -i eth0 -d 224.0.0.0/30 -j DROP", ExpectedResult = false)]
    [TestCase(Family.IPv6, "-A INPUT -i eth0 -s ::1 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv6, "-A INPUT -i eth0 -s ff00::/8 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv6, "-A FORWARD -s ff00::/8 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv6, "-A INPUT -i eth0 -d ff02::2 -j DROP", ExpectedResult = false, TestName = "Routers are in their own group")]
    [TestCase(Family.IPv6, "-A INPUT -i eth0 -d ff02::fb -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv6, "-A INPUT -i eth0 -d ff02::1:ff00:7 -j DROP", ExpectedResult = false, TestName = "Who asks for an address")]
    [TestCase(Family.IPv6, "-A INPUT -i eth0 -d ff02::1:ff00:8 -j DROP", ExpectedResult = true, TestName = "Who asks for the address of another")]
    [TestCase(Family.IPv6, "-A FORWARD -d ff05::/16 -j DROP", ExpectedResult = true)]
    [TestCase(Family.IPv6, "-A INPUT -i eth0 -d ff02::1 -j DROP", ExpectedResult = false)]
    [TestCase(Family.IPv6, "-A INPUT -i eth0 -s fe80::/10 -j DROP", ExpectedResult = false)]
    public bool Is_equivalent_to_accepting_all(Family family, string rule) =>
        AreEquivalent(family, Accepts, Accepts.Replace("COMMIT", $"{rule}\nCOMMIT", StringComparison.Ordinal));

    [TestCase("*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -s 127.0.0.0/8 -j DROP\nCOMMIT\n", ExpectedResult = false)]
    [TestCase("*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -s 127.0.0.0/8 -p tcp -j DNAT --to-destination 10.0.0.1\nCOMMIT\n", ExpectedResult = true)]
    [TestCase("*nat\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -d 127.0.0.0/8 -p tcp -j DNAT --to-destination 10.0.0.1\nCOMMIT\n", ExpectedResult = false)]
    [TestCase("*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -s 127.0.0.0/8 -j NOTRACK\nCOMMIT\n", ExpectedResult = true)]
    [TestCase("*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -s 126.0.0.0/7 -j NOTRACK\nCOMMIT\n", ExpectedResult = false)]
    [TestCase("*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -d 224.0.0.2 -j MARK --set-mark 1\nCOMMIT\n", ExpectedResult = true)]
    [TestCase("*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -m ttl --ttl-lt 2 -d 198.51.100.0/24 -j MARK --set-mark 1\nCOMMIT\n", ExpectedResult = false)]
    [TestCase("*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -m ttl --ttl-lt 2 -s 224.0.0.0/4 -j NOTRACK\nCOMMIT\n", ExpectedResult = true)]
    public bool Is_equivalent_to_nothing(string table) => AreEquivalent(Family.IPv4, Accepts, Accepts + table);

    [TestCase("ff01::/16", "eth0", ExpectedResult = true)]
    [TestCase("ff01::/16", "lo", ExpectedResult = false, TestName = "By lo, groups of the machine itself are met")]
    [TestCase("ff11::1", "eth0", ExpectedResult = true)]
    [TestCase("ff00::5", "eth0", ExpectedResult = true)]
    [TestCase("ff05::/16", "eth0", ExpectedResult = false)]
    public bool Groups_within_an_interface_are_lost_before_any_rule(string group, string input)
    {
        const string empty = "*raw\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n";
        return AreEquivalent(Family.IPv6, empty, empty.Replace("COMMIT", $"-A PREROUTING -i {input} -d {group} -j DROP\nCOMMIT", StringComparison.Ordinal));
    }

    /// <summary>The new machine has 10.0.0.2, and a network half as large.</summary>
    [TestCase("-A INPUT -i eth0 -s 10.0.0.1 -j DROP", "ACCEPT lost -> DROP: * 10.0.0.1 -> * in eth0 out none")]
    [TestCase("-A INPUT -i eth0 -s 10.0.0.2 -j DROP", "DROP -> ACCEPT lost: * 10.0.0.2 -> * in eth0 out none")]
    [TestCase("-A INPUT -i eth0 -s 10.0.0.3 -j DROP", "")]
    public void Machines_lose_packets_from_addresses_of_their_own(string rule, string expected)
    {
        var dump = Compile(Family.IPv4, Accepts.Replace("COMMIT", $"{rule}\nCOMMIT", StringComparison.Ordinal));
        var result = SemanticDiff.Compare(dump, dump, new DiffOptions { OldHost = HostOf("10.0.0.1/24"), NewHost = HostOf("10.0.0.2/25") });

        Assert.That(string.Join('\n', result.Regions.Select(Text)), Is.EqualTo(expected));
    }

    [Test]
    public void A_machine_that_forwards_nothing_loses_what_the_other_s_rules_drop()
    {
        var dump = Compile(Family.IPv4, Accepts.Replace("COMMIT", "-A FORWARD -i eth0 -p udp -j DROP\nCOMMIT", StringComparison.Ordinal));
        var host = HostOf("10.0.0.1/24");
        var result = SemanticDiff.Compare(dump, dump, new DiffOptions { OldHost = host, NewHost = host with { Forwarding = false } });

        Assert.That(string.Join('\n', result.Regions.Select(Text)), Is.EqualTo("DROP -> ACCEPT lost: udp * -> * in eth0 out *"));
    }

    [Test]
    public void A_witness_is_none_that_routing_loses()
    {
        var result = SemanticDiff.Compare(
            Compile(Family.IPv4, Accepts),
            Compile(Family.IPv4, Accepts.Replace("COMMIT", "-A INPUT -i eth0 -s 127.0.0.0/8 -j DROP\n-A INPUT -i eth0 -s 126.0.0.0/7 -j DROP\nCOMMIT", StringComparison.Ordinal)));
        Assert.That(
            result.Regions.Select(region => (region.Witness.Source.Address.Value >> 24, string.Join(' ', region.Space))),
            Is.EqualTo((((UInt128, string)[])[(126, "* 126.0.0.0/8 -> * in eth0 out none")])));
    }

    [TestCase("-i eth0 -s 127.0.0.0/8", "DROP -> ACCEPT lost: * 127.0.0.0/8 -> * in eth0")]
    [TestCase("-i eth0 -s 126.0.0.0/7", "DROP -> ACCEPT: * 126.0.0.0/7 -> * in eth0")]
    public void Tells_what_is_lost_where_an_early_rule_dropped_it(string options, string expected) =>
        Assert.That(Regions(Accepts + $"*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING {options} -j DROP\nCOMMIT\n", Accepts), Is.EqualTo(expected));

    [Test]
    public void Tells_what_is_lost_where_an_early_rule_does_what_a_late_one_did() =>
        Assert.That(
            Regions(
                Accepts.Replace("COMMIT", "-A INPUT -i eth0 -s 126.0.0.0/7 -j DROP\n-A FORWARD -i eth0 -s 126.0.0.0/7 -j DROP\nCOMMIT", StringComparison.Ordinal),
                Accepts + "*raw\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING -i eth0 -s 126.0.0.0/7 -j DROP\nCOMMIT\n"),
            Is.EqualTo("ACCEPT lost -> DROP: * 127.0.0.0/8 -> * in eth0 | "
                + "* 126.0.0.0/8 -> 0.0.0.0,127.0.0.0/8,224.0.0.0,224.0.0.2-239.255.255.255 in eth0 out none | "
                + "* 126.0.0.0/8 -> 0.0.0.0,10.244.1.255,127.0.0.0/8,224.0.0.0/4,255.255.255.255 in eth0 out *"));

    [TestCase("eth0", "ff02::1:ff00:5", ExpectedResult = false)]
    [TestCase("eth1", "ff02::1:ff00:5", ExpectedResult = true)]
    [TestCase("wg0", "ff02::1:ff00:5", ExpectedResult = true)]
    public bool Who_asks_for_an_address_finds_it_on_its_interface_only(string input, string group)
    {
        var host = Traced.ReadHost("""
            { "interfaces": [ {"name": "eth0", "addresses": ["fd00:1::5/64"]}, {"name": "eth1", "addresses": ["fd00:2::9/64"]} ] }
            """);
        return SemanticDiff.Compare(
            Compile(Family.IPv6, Accepts),
            Compile(Family.IPv6, Accepts.Replace("COMMIT", $"-A INPUT -i {input} -d {group} -j DROP\nCOMMIT", StringComparison.Ordinal)),
            new DiffOptions { OldHost = host, NewHost = host }).Equivalence == Equivalence.Equivalent;
    }

    private static string Regions(string before, string after) => string.Join('\n', SemanticDiff.Compare(Compile(Family.IPv4, before), Compile(Family.IPv4, after))
        .Regions.Select(Text));

    private static string Text(DiffRegion region) => $"{Text(region.Old)} -> {Text(region.New)}: {string.Join(" | ", region.Space)}";

    private static string Text(DiffOutcome outcome) => outcome.Verdict.Name().ToUpperInvariant() + (outcome.Lost is null ? "" : " lost");

    private static HostFacts HostOf(string address) =>
        Traced.ReadHost($$"""{ "interfaces": [ {"name": "eth0", "addresses": ["{{address}}"]} ], "routes": [ {"destination": "default", "interface": "eth0"} ] }""");

    private static bool AreEquivalent(Family family, string before, string after) =>
        SemanticDiff.Compare(Compile(family, before), Compile(family, after)).Equivalence == Equivalence.Equivalent;

    private static Compilation Compile(Family family, string dump) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(dump)), new CompilationOptions { Family = family });
}
