using System.Numerics;
using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Cli;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

/// <summary>Copying a mark over an equal one changes nothing: regions hold the packets whose marks make a difference, and no others.</summary>
internal sealed class CopiedMarkTests
{
    [TestCase("-j CONNMARK --restore-mark", ExpectedResult = "mark^ctmark !0x0")]
    [TestCase("-j CONNMARK --save-mark", ExpectedResult = "mark^ctmark !0x0")]
    [TestCase("-j CONNMARK --restore-mark --nfmask 0xff --ctmask 0xff", ExpectedResult = "mark^ctmark !0x0/0xff")]
    [TestCase("-m mark --mark 0x5 -j CONNMARK --save-mark", ExpectedResult = "mark 0x5 ctmark !0x5")]
    [TestCase("-m connmark ! --mark 0x0 -j CONNMARK --restore-mark", ExpectedResult = "ctmark !0x0 mark^ctmark !0x0")]
    [TestCase("-j CONNMARK --save-mark --nfmask 0xff --ctmask 0x0f", ExpectedResult = "mark^ctmark !0x0/0xf | mark !0x0/0xf0 mark^ctmark 0x0/0xf")]
    [TestCase("-j CONNMARK --save-mark --nfmask 0xff --ctmask 0x0", ExpectedResult = "mark !0x0/0xff")]
    public string The_region_of_a_rule_is(string rule) => string.Join(" | ", Regions(Dump(""), Dump($"-A FORWARD {rule}\n"))
        .SelectMany(region => region.Space).Select(space => space.Replace("* * -> * in * out * ", "", StringComparison.Ordinal)
            .Replace("state !INVALID,UNTRACKED ", "", StringComparison.Ordinal)));

    [Test]
    public void Marks_that_are_not_equal_are_counted()
    {
        var region = Regions(Dump(""), Dump("-A FORWARD -p tcp -j CONNMARK --restore-mark\n")).Single();

        Assert.That(region.IsExact, Is.True);
        Assert.That(region.Count % (BigInteger.Pow(2, 32) - 1), Is.EqualTo(BigInteger.Zero), "of each mark, all others but one");
    }

    /// <summary>Of a mark that is shifted or computed no expression says when it stays as it is.</summary>
    [TestCase("-j CONNMARK --left-shift-mark 8 --restore-mark --nfmask 0xffffffff --ctmask 0xffffffff")]
    [TestCase("-p tcp -j HMARK --hmark-tuple src --hmark-mod 8 --hmark-rnd 0x1")]
    public void A_region_says_where_some_packets_may_be_treated_alike(string rule)
    {
        var region = Regions(Dump(""), Dump($"-A FORWARD {rule}\n")).Single();

        Assert.That(region.IsExact, Is.False);
        Assert.That(region.Old.Changes, Is.Not.EqualTo(region.New.Changes));
    }

    [TestCase("tcp * -> * in * mark 0x5 ctmark 0x5 mark^ctmark !0x0", ExpectedResult = 0)]
    [TestCase("tcp * -> * in * mark 0x5 ctmark 0x6 mark^ctmark !0x0", ExpectedResult = 1)]
    [TestCase("tcp * -> * in * mark 0x5 ctmark 0x6 mark^ctmark 0x3", ExpectedResult = 1)]
    [TestCase("tcp * -> * in * mark 0x0/0xff ctmark 0x1/0xff mark^ctmark 0x0/0xf0", ExpectedResult = 1)]
    [TestCase("tcp * -> * in * mark 0x0/0xff ctmark 0x1/0xff mark^ctmark 0x0/0xf", ExpectedResult = 0)]
    public int Spaces_say_how_marks_differ(string space) =>
        RulecRun.WithInput(Dump("-A FORWARD -j CONNMARK --restore-mark\n"), "search", "-", space).ExitCode;

    /// <summary>With 'absent', one class more, the connection's mark may need another form of codes.</summary>
    [Test]
    public void A_copied_mark_is_followed_however_many_values_rules_name([Range(60, 65)] int named)
    {
        var rules = string.Concat(Enumerable.Range(1, named).Select(mark => $"-A FORWARD -p udp -m mark --mark {mark} -j ACCEPT\n"));
        var run = RulecRun.WithInput(
            Dump($"-A FORWARD -j CONNMARK --restore-mark\n{rules}-A FORWARD -m mark --mark 0x7 -j DROP\n"),
            "search", "-", "tcp * -> * in * mark 0x1", "--verdict", "drop");

        Assert.That(run.Output, Does.Contain("mark 0x1 ctmark 0x7\n").And.Contain("1 region"));
    }

    private static IEnumerable<DiffRegion> Regions(string old, string other) => SemanticDiff.Compare(Compile(old), Compile(other)).Regions;

    private static string Dump(string rules) => $"*mangle\n:FORWARD ACCEPT [0:0]\n{rules}COMMIT\n";

    private static Compilation Compile(string text) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From(text)), new CompilationOptions { Family = Family.IPv4 });
}
