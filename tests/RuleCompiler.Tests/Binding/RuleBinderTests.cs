using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Markup;

namespace RuleCompiler.Tests.Binding;

/// <summary>One line at a time; the answers are those of iptables-restore 1.8.9 where nothing else is said.</summary>
internal sealed class RuleBinderTests
{
    private static readonly CompilationOptions Nft = new() { Flavour = Flavour.Nft };
    private static readonly CompilationOptions Legacy = new() { Flavour = Flavour.Legacy };
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A INPUT -p tcp --dport 5", ExpectedResult = "-A INPUT -p tcp -m tcp --dport 5")]
    [TestCase("-A INPUT -p udp --sport 5 -j ACCEPT", ExpectedResult = "-A INPUT -p udp -m udp --sport 5 -j ACCEPT")]
    [TestCase("-A INPUT -p 6 --dport 5", ExpectedResult = "-A INPUT -p tcp -m tcp --dport 5")]
    [TestCase("-A INPUT -p icmp --icmp-type 8", ExpectedResult = "-A INPUT -p icmp -m icmp --icmp-type 8")]
    [TestCase("-A INPUT -p tcp -m mark --mark 1 --dport 5", ExpectedResult = "-A INPUT -p tcp -m mark --mark 0x1 -m tcp --dport 5")]
    [TestCase("-A INPUT -m tcp -p tcp --dport 3", ExpectedResult = "-A INPUT -p tcp -m tcp --dport 3")]
    [TestCase("-A INPUT -j ACCEPT -p tcp", ExpectedResult = "-A INPUT -p tcp -j ACCEPT")]
    [TestCase("-p tcp -A INPUT -j ACCEPT", ExpectedResult = "-A INPUT -p tcp -j ACCEPT")]
    [TestCase("[5:300] -A INPUT -j ACCEPT", ExpectedResult = "-A INPUT -j ACCEPT")]
    [TestCase("-A INPUT -c 5 300 -j ACCEPT", ExpectedResult = "-A INPUT -j ACCEPT")]
    [TestCase("-A INPUT -v -j ACCEPT", ExpectedResult = "-A INPUT -j ACCEPT")]
    [TestCase("-A INPUT -m comment --comment -j -j ACCEPT", ExpectedResult = "-A INPUT -m comment --comment -j -j ACCEPT")]
    [TestCase("-A INPUT ! -s 10.0.0.1 ! -i eth0 ! -p tcp", ExpectedResult = "-A INPUT ! -s 10.0.0.1/32 ! -i eth0 ! -p tcp")]
    [TestCase("-A INPUT -p tcp ! --dport 5", ExpectedResult = "-A INPUT -p tcp -m tcp ! --dport 5")]
    [TestCase("-A INPUT -m comment --comment !", ExpectedResult = "-A INPUT -m comment --comment \"!\"")]
    [TestCase("-A INPUT -p 017", ExpectedResult = "-A INPUT -p 15")]
    [TestCase("-A INPUT -p hopopt", ExpectedResult = "-A INPUT")]
    [TestCase(":LOG - [0:0]\n-A INPUT -j LOG", ExpectedResult = "-A INPUT -j LOG")]
    public string Line_becomes_a_rule(string line) => BoundDump.FilterRules(line).Single();

    [Test]
    public void Chain_named_like_a_target_wins_over_it()
    {
        var rules = BoundDump.Bind("*filter\n:LOG - [0:0]\n-A INPUT -j LOG\n-A INPUT -g LOG\nCOMMIT\n").Chains[0].Rules;

        Assert.That(
            rules.Select(rule => (rule.Callee?.Name, rule.IsGoto, rule.Target)),
            Is.EqualTo(new[] { ("LOG", false, (object?)null), ("LOG", true, null) }));
    }

    [TestCase("-A INPUT [|foo|] -j ACCEPT", "IPT2058")]
    [TestCase("-N A [|B|]", "IPT2058")]
    [TestCase("-A INPUT -f [|-fIT|]", "IPT2058")]
    [TestCase("-A INPUT -p tcp -m tcp [|--syn=yes|]", "IPT2058")]
    [TestCase("-A INPUT [|!-p|] [|tcp|]", "IPT2058")]
    [TestCase("-A INPUT [|-s|]", "IPT2050")]
    [TestCase("-A INPUT [|-c|] 1", "IPT2050")]
    [TestCase("-A INPUT -p tcp [|-dport|] 80", "IPT2066")]
    [TestCase("-A INPUT -m {|IPT2009:geoip|} [|--dport|] -p tcp", "IPT2056")]
    [TestCase("-A INPUT -m conntrack [|-ctstate|] NEW -j ACCEPT", "IPT2066")]
    [TestCase("-A INPUT -p [|tpc|] --dport 80", "IPT2017")]
    [TestCase("-A INPUT [|!|]", "IPT1009")]
    [TestCase("-A INPUT -m comment --comment ! [|!|]", "IPT1009")]
    [TestCase("-A INPUT [|!|] ! -i lo", "IPT1009")]
    [TestCase("-A INPUT ! [|-j|] ACCEPT", "IPT2051")]
    [TestCase("! [|-A|] INPUT -j ACCEPT", "IPT2051")]
    [TestCase("-A INPUT ! [|-m|] mark --mark 1", "IPT2051")]
    [TestCase("-A INPUT -j ACCEPT [|-j|] DROP", "IPT2052")]
    [TestCase("-A INPUT -j ACCEPT [|-g|] INPUT", "IPT2052")]
    [TestCase("-A INPUT [|-A|] INPUT", "IPT2052")]
    [TestCase("-A INPUT -p tcp [|-p|] udp", "IPT2052")]
    [TestCase("-A INPUT -d 10.0.0.1 [|-d|] 10.0.0.2", "IPT2052")]
    [TestCase("-A INPUT -p udp -m [|tcp|] --dport 3", "IPT2055")]
    [TestCase("-A INPUT -m [|tcp|] --dport 3", "IPT2055")]
    [TestCase("-A INPUT -m [|hl|] --hl-eq 3", "IPT2059")]
    [TestCase("-A INPUT ! -p [|all|]", "IPT2060")]
    [TestCase("-A INPUT ! -p [|0|]", "IPT2060")]
    [TestCase("[|-s 10.0.0.1 -j ACCEPT|]", "IPT2061")]
    [TestCase("-A INPUT [|-t|] nat -j ACCEPT", "IPT2062")]
    [TestCase("-A INPUT [|-w|] -j ACCEPT", "IPT2062")]
    [TestCase("-A INPUT [|-w|] 5 -j ACCEPT", "IPT2062")]
    [TestCase("-A INPUT -j [|OUTPUT|]", "IPT2075")]
    public void Line_that_is_wrong(string line, string id) => DiagnosticAssert.Reports($"*filter\n{line}\nCOMMIT\n", id);

    [TestCase("-A INPUT ! -s [|0.0.0.0/0|]", "IPT2060", Flavour.Nft)]
    [TestCase("-A INPUT ! -s 0.0.0.0/0", null, Flavour.Legacy)]
    [TestCase("-A INPUT ! -p tcp -m tcp --dport 80", null, Flavour.Nft)]
    [TestCase("-A INPUT ! -p tcp -m [|tcp|] --dport 80", "IPT2055", Flavour.Legacy)]
    public void Flavours_differ_over_negation(string line, string? id, Flavour flavour) =>
        DiagnosticAssert.Reports($"*filter\n{line}\nCOMMIT\n", id, flavour == Flavour.Nft ? Nft : Legacy);

    [TestCase("-A INPUT [|-f|] -j DROP", "IPT2059")]
    [TestCase("-A INPUT -m [|ttl|] --ttl-eq 3", "IPT2059")]
    public void Line_that_is_wrong_in_IPv6(string line, string id) =>
        DiagnosticAssert.Reports($"*filter\n{line}\nCOMMIT\n", id, IPv6);

    [Test]
    public void Rule_of_the_other_family_is_left_out_unread()
    {
        const string Dump = """
            *filter
            :INPUT ACCEPT [0:0]
            -A INPUT -4 -s 10.0.0.1 -j DROP
            -6 -A INPUT -s ::1 -j NOSUCH
            -A INPUT -s ::2 --ipv6 --no such
            -A INPUT -p tcp --ipv4
            COMMIT
            """;

        Assert.Multiple(() =>
        {
            DiagnosticAssert.ReportsNothing(Dump);
            Assert.That(BoundDump.Rules(Dump), Is.EqualTo(new[] { "-A INPUT -s 10.0.0.1/32 -j DROP", "-A INPUT -p tcp" }));
        });
    }

    [TestCase("-A INPUT -m [|geoip|] --source-country NO -p tcp -j ACCEPT", "IPT2009", ExpectedResult = "geoip: geoip --source-country NO")]
    [TestCase("-A INPUT -m [|geoip|] ! --source-country NO,SE --more -j ACCEPT", "IPT2009", ExpectedResult = "geoip: geoip ! --source-country NO,SE --more")]
    [TestCase("-A INPUT [|--colour|] light blue -j ACCEPT", "IPT2001", ExpectedResult = "--colour: --colour light blue")]
    [TestCase("-A INPUT ! [|--colour|] blue -j ACCEPT", "IPT2001", ExpectedResult = "--colour: ! --colour blue")]
    [TestCase("-A INPUT -j [|TARPIT|] --tarpit", "IPT2010", ExpectedResult = "")]
    public string What_is_not_known_is_kept(string line, string id)
    {
        DiagnosticAssert.Reports($"*filter\n{line}\nCOMMIT\n", id);
        var rule = BoundDump.Bind(Markup.MarkupText.Parse($"*filter\n{line}\nCOMMIT\n").Text).Chains.Single().Rules.Single();
        return string.Join('\n', rule.UnknownOptions.Select(option => $"{option.Name}: {option.Text}"));
    }

    [Test]
    public void All_problems_of_a_rule_are_reported() => DiagnosticAssert.Reports("""
        *filter
        -A INPUT -s {|IPT2014:10.0.0.256|} {|IPT2058:what|} -p tcp --dport {|IPT2013:99999|} -j {|IPT2002:NOPE|}
        -A {|IPT2002:MISSING|} -j ACCEPT
        COMMIT
        """);
}
