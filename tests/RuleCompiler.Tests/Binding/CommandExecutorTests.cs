using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Markup;

namespace RuleCompiler.Tests.Binding;

/// <summary>Commands in <c>iptables-restore</c> input; each row's answer is that of iptables-restore 1.8.9.</summary>
internal sealed class CommandExecutorTests
{
    private static readonly CompilationOptions Nft = new() { Flavour = Flavour.Nft };
    private static readonly CompilationOptions Legacy = new() { Flavour = Flavour.Legacy };

    [TestCase("-A INPUT -j DROP\n-I INPUT -j ACCEPT", ExpectedResult = "ACCEPT DROP")]
    [TestCase("-A INPUT -j DROP\n-I INPUT 2 -j ACCEPT", ExpectedResult = "DROP ACCEPT")]
    [TestCase("-A INPUT -j DROP\n-I INPUT 2 -j ACCEPT\n-I INPUT 3 -j RETURN\n-I INPUT -j LOG", ExpectedResult = "LOG DROP ACCEPT RETURN")]
    [TestCase("-A INPUT -j DROP\n-R INPUT 1 -j ACCEPT", ExpectedResult = "ACCEPT")]
    [TestCase("-A INPUT -j DROP\n-A INPUT -j LOG\n-D INPUT 1", ExpectedResult = "LOG")]
    [TestCase("-A INPUT -j DROP\n-A INPUT -j LOG\n-A INPUT -j DROP\n-D INPUT -j DROP", ExpectedResult = "LOG DROP")]
    [TestCase("-A INPUT -j DROP\n-F INPUT\n-A INPUT -j LOG", ExpectedResult = "LOG")]
    [TestCase("-A INPUT -j DROP\n-F", ExpectedResult = "")]
    [TestCase("-A INPUT -j DROP\n-Z\n-Z INPUT", ExpectedResult = "DROP")]
    [TestCase("-AINPUT -j DROP", ExpectedResult = "DROP")]
    [TestCase("--append=INPUT -j DROP", ExpectedResult = "DROP")]
    [TestCase("-N A -m comment --comment x\n-A INPUT -j A\n-P INPUT DROP -m comment --comment x", ExpectedResult = "A")]
    [TestCase("--ins INPUT -j DROP", ExpectedResult = "DROP")]
    public string Rules_are_inserted_replaced_and_deleted(string lines) =>
        string.Join(' ', BoundDump.FilterRules(lines).Select(rule => rule.Split(' ')[^1]));

    [Test]
    public void Rules_are_numbered_after_all_commands() => Assert.That(
        BoundDump.Bind("*filter\n-A INPUT -j DROP\n-A INPUT -j LOG\n-I INPUT -j ACCEPT\n-D INPUT 2\nCOMMIT\n")
            .Chains.Single().Rules.Select(rule => (rule.Number, rule.Line)),
        Is.EqualTo(new[] { (1, 4), (2, 3) }));

    [Test]
    public void Comment_is_part_of_the_rule_to_delete() => Assert.That(
        BoundDump.FilterRules("-A INPUT -j DROP\n-A INPUT -m comment --comment x -j DROP\n-D INPUT -m comment --comment x -j DROP"),
        Is.EqualTo(new[] { "-A INPUT -j DROP" }));

    [TestCase("-A INPUT -j DROP\n[|-I|] INPUT 3 -j ACCEPT")]
    [TestCase("-A INPUT -j DROP\n[|-I|] INPUT 0 -j ACCEPT")]
    [TestCase("[|-R|] INPUT 1 -j ACCEPT")]
    [TestCase("-A INPUT -j DROP\n[|-D|] INPUT 2")]
    [TestCase("-A INPUT -j DROP\n[|-D|] INPUT 0")]
    [TestCase("-A INPUT -j DROP\n[|-D|] INPUT -j ACCEPT")]
    [TestCase("-A INPUT -j DROP\n[|-R|] INPUT 1 -s 10.0.0.1,10.0.0.2")]
    [TestCase("-N A\n-A A -j DROP\n[|-X|] A")]
    [TestCase("-N A\n-A INPUT -j A\n[|-X|] A")]
    [TestCase("-N A\n-A A -j DROP\n[|-X|]")]
    [TestCase("-N A\n-A INPUT -g A\n[|-X|]")]
    [TestCase("-N A\n[|-E|] A B")]
    [TestCase("-N A\n[|-E|] A")]
    [TestCase("[|-N|] A -m comment --comment x -j DROP")]
    [TestCase("[|-N|] A -s 10.0.0.1")]
    [TestCase("[|-N|] A -j ACCEPT")]
    [TestCase("[|-F|] INPUT -s 10.0.0.1")]
    [TestCase("[|-P|] INPUT DROP -j ACCEPT")]
    public void Command_that_cannot_be_carried_out(string lines) => DiagnosticAssert.Reports(Filter(lines), "IPT2062");

    [TestCase("[|-N|]")]
    [TestCase("[|-A|]")]
    [TestCase("[|-P|]")]
    [TestCase("[|-R|] INPUT -j ACCEPT")]
    public void Command_without_what_it_needs(string lines) => DiagnosticAssert.Reports(Filter(lines), "IPT2050");

    [TestCase("-P [|NOPE|] DROP")]
    [TestCase("-F [|NOPE|]")]
    [TestCase("-X [|NOPE|]")]
    [TestCase("-A [|NOPE|] -j DROP")]
    [TestCase("-A [|PREROUTING|] -j DROP")]
    [TestCase("[|-ANOPE|] -j DROP")]
    [TestCase("-A INPUT -j [|NOPE|]")]
    [TestCase("-A INPUT -g [|ACCEPT|]")]
    [TestCase("-A [|A|] -j DROP\n:A - [0:0]")]
    [TestCase("-A [|A|] -j DROP\n-N A")]
    [TestCase("-A INPUT -j [|A|]\n-N A")]
    [TestCase("-A INPUT -j [|A|]\n:A - [0:0]")]
    [TestCase("-N A\n-X A\n-A INPUT -j [|A|]")]
    [TestCase("-N A\n-X A\n-A [|A|] -j DROP")]
    public void Chain_that_is_not_there_at_that_line(string lines) => DiagnosticAssert.Reports(Filter(lines), "IPT2002");

    [TestCase("-F\n-X\n-N A\n-A A -j DROP")]
    [TestCase("-N A\n-F\n-X\n-N A\n-A A -j DROP")]
    [TestCase("-N A\n-A A -j LOG\n-F A\n-X A\n-N A\n-A A -j DROP")]
    [TestCase("-NA\n-AA -jDROP")]
    [TestCase("--new-chain A\n-A A -j DROP")]
    [TestCase("--new A\n-A A -j DROP")]
    public void Chain_may_be_deleted_and_made_anew(string lines) =>
        Assert.That(BoundDump.FilterRules(lines), Is.EqualTo(new[] { "-A A -j DROP" }));

    [TestCase("-P INPUT DROP", ExpectedResult = true)]
    [TestCase(":INPUT DROP [0:0]", ExpectedResult = true)]
    [TestCase(":INPUT DROP [0:0]\n-P INPUT ACCEPT", ExpectedResult = false)]
    [TestCase("-A INPUT -j LOG\n:INPUT DROP [0:0]", ExpectedResult = true)]
    [TestCase(":INPUT - [0:0]", ExpectedResult = false)]
    [TestCase(":INPUT ACCEPT", ExpectedResult = false)]
    public bool Policy_given_last_counts(string lines) =>
        BoundDump.Bind(Filter(lines)).Chains.Single().Symbol.PolicyDrops;

    [TestCase("[|-X|] INPUT", "IPT2062", Flavour.Legacy)]
    [TestCase("-X INPUT", null, Flavour.Nft)]
    [TestCase("-N A\n-P A [|DROP|]", "IPT2071", Flavour.Nft)]
    [TestCase(":A [|DROP|] [0:0]", "IPT2071", Flavour.Legacy)]
    [TestCase(":A DROP [0:0]", null, Flavour.Nft)]
    [TestCase(":PREROUTING [|ACCEPT|] [0:0]", "IPT2071", Flavour.Legacy)]
    [TestCase(":PREROUTING [|ACCEPT|] [0:0]", "IPT2077", Flavour.Nft)]
    [TestCase(":INPUT [|REJECT|] [0:0]", "IPT2072", Flavour.Nft)]
    [TestCase("-P INPUT [|RETURN|]", "IPT2072", Flavour.Legacy)]
    [TestCase("-N A\n-N [|A|]", "IPT2073", Flavour.Nft)]
    [TestCase(":A - [0:0]\n:[|A|] - [0:0]", "IPT2073", Flavour.Legacy)]
    [TestCase(":A - [0:0]\n:A - [0:0]", null, Flavour.Nft)]
    [TestCase(":INPUT ACCEPT\n:INPUT DROP", null, Flavour.Legacy)]
    public void Flavours_differ_over_chains_and_policies(string lines, string? id, Flavour flavour) =>
        DiagnosticAssert.Reports(Filter(lines), id, flavour == Flavour.Nft ? Nft : Legacy);

    [TestCase("-A INPUT -j A\n-E A B", "-A INPUT -j B")]
    [TestCase("-A A -j LOG\n-A INPUT -g A\n-E A B\n-A B -j DROP\n-A INPUT -j B", "-A INPUT -g B;-A INPUT -j B;-A B -j LOG;-A B -j DROP")]
    [TestCase("-A A -j LOG\n--rename-chain A B\n:A - [0:0]\n-A A -j B", "-A A -j B;-A B -j LOG")]
    [TestCase("-E A LOG\n-A INPUT -j LOG", "-A INPUT -j LOG")]
    [TestCase("-A FORWARD -o -E -d 10.0.0.1 -j ACCEPT", "-A FORWARD -d 10.0.0.1/32 -o -E -j ACCEPT")]
    [TestCase("-A FORWARD -o -N -j ACCEPT", "-A FORWARD -o -N -j ACCEPT")]
    public void Renamed_chain_keeps_its_rules_and_callers(string lines, string rules) =>
        Assert.That(string.Join(';', BoundDump.FilterRules(":A - [0:0]\n" + lines, Legacy)), Is.EqualTo(rules));

    [TestCase(":A - [0:0]\n[|-E|] A B", Flavour.Nft)]
    [TestCase(":A - [0:0]\n[|-E|] A A", Flavour.Legacy)]
    [TestCase(":A - [0:0]\n:B - [0:0]\n[|-E|] A B", Flavour.Legacy)]
    [TestCase(":A - [0:0]\n[|-E|] A INPUT", Flavour.Legacy)]
    [TestCase(":A - [0:0]\n[|-E|] A DROP", Flavour.Legacy)]
    [TestCase("[|-E|] INPUT A", Flavour.Legacy)]
    public void Chain_that_cannot_be_renamed(string lines, Flavour flavour) =>
        DiagnosticAssert.Reports(Filter(lines), "IPT2062", flavour == Flavour.Nft ? Nft : Legacy);

    [Test]
    public void Command_of_its_own_renames_for_both_flavours([Values] Flavour flavour) => Assert.That(
        BoundDump.Bind("iptables -N A\niptables -A INPUT -j A\niptables -E A B\niptables -A B -j DROP\n", options: flavour == Flavour.Nft ? Nft : Legacy)
            .Chains.Select(c => c.Symbol.Name),
        Is.EqualTo(new[] { "INPUT", "B" }));

    [Test]
    public void Chain_declared_again_is_emptied_by_nft() => Assert.That(
        BoundDump.FilterRules(":INPUT ACCEPT\n:A - [0:0]\n-A A -j LOG\n-A INPUT -j LOG\n:A - [0:0]\n:INPUT ACCEPT\n-A A -j DROP"),
        Is.EqualTo(new[] { "-A INPUT -j LOG", "-A A -j DROP" }));

    [TestCase(":[|ACCEPT|] - [0:0]", Flavour.Nft)]
    [TestCase(":[|QUEUE|] - [0:0]", Flavour.Legacy)]
    [TestCase("-N [|RETURN|]", Flavour.Legacy)]
    [TestCase("-N [|LOG|]", Flavour.Legacy)]
    [TestCase("-N [|LOG|]", Flavour.Nft)]
    [TestCase("-N [|INPUT|]", Flavour.Nft)]
    [TestCase("-N [|\"a b\"|]", Flavour.Legacy)]
    [TestCase("-N [|\"\"|]", Flavour.Nft)]
    [TestCase(":[|-x|] - [0:0]", Flavour.Nft)]
    [TestCase("-N [|ABCDEFGHIJKLMNOPQRSTUVWXYZ123|]", Flavour.Nft)]
    [TestCase(":[|ABCDEFGHIJKLMNOPQRSTUVWXYZ123|] - [0:0]", Flavour.Legacy)]
    public void Name_that_a_chain_cannot_have(string lines, Flavour flavour) =>
        DiagnosticAssert.Reports(Filter(lines), "IPT2074", flavour == Flavour.Nft ? Nft : Legacy);

    [TestCase(":-x - [0:0]", Flavour.Legacy)]
    [TestCase(":LOG - [0:0]", Flavour.Nft)]
    [TestCase(":ABCDEFGHIJKLMNOPQRSTUVWXYZ12 - [0:0]", Flavour.Nft)]
    [TestCase(":PREROUTING - [0:0]", Flavour.Nft)]
    public void Name_that_a_chain_can_have(string lines, Flavour flavour) =>
        DiagnosticAssert.ReportsNothing(Filter(lines), flavour == Flavour.Nft ? Nft : Legacy);

    private static string Filter(string lines) => $"*filter\n{lines}\nCOMMIT\n";
}
