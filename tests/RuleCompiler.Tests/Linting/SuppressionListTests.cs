using NUnit.Framework;
using RuleCompiler.Linting;

namespace RuleCompiler.Tests.Linting;

internal sealed class SuppressionListTests
{
    [TestCase("rulec:ignore IPT3900", ExpectedResult = true)]
    [TestCase("accepted by Ann; rulec:ignore IPT3005,IPT3900", ExpectedResult = true)]
    [TestCase("rulec:ignore ipt3005, IPT3900 until May", ExpectedResult = true)]
    [TestCase("rulec:ignore: IPT3900", ExpectedResult = true)]
    [TestCase("rulec:ignore IPT3001", ExpectedResult = false)]
    [TestCase("rulec:ignore IPT39001", ExpectedResult = false)]
    [TestCase("rulec:ignored IPT3900", ExpectedResult = false)]
    [TestCase("rulec:ignore", ExpectedResult = false)]
    [TestCase("ignore IPT3900", ExpectedResult = false)]
    public bool A_comment_suppresses(string comment) =>
        Find($"-A INPUT -m comment --comment \"{comment}\" -j DROP").Single(finding => finding.Id == "IPT3900").IsSuppressed;

    [Test]
    public void Only_its_own_rule() => Assert.That(
        Find("-A INPUT -m comment --comment \"rulec:ignore IPT3900\" -j DROP\n-A INPUT -j DROP").Select(finding => finding.IsSuppressed),
        Is.EqualTo(new[] { true, false }));

    [Test]
    public void Only_a_comment_match() => Assert.That(
        Find("# rulec:ignore IPT3900\n-A INPUT -m string --algo bm --string \"rulec:ignore IPT3900\" -j DROP").Single().IsSuppressed,
        Is.False);

    [Test]
    public void Problems_of_binding_too() => Assert.That(
        Linter.Run(Linted.Compile(Dump("-A INPUT -m comment --comment \"rulec:ignore IPT2009\" -m nonesuch -j DROP")))
            .Findings.Single(finding => finding.Id == "IPT2009").IsSuppressed,
        Is.True);

    [TestCase("-A INPUT -m comment --comment \"rulec:ignore [|IPT3001|]\" -s 192.0.2.1 -j DROP")]
    [TestCase("-A INPUT -m comment --comment \"[|rulec:ignore|] this\" -s 192.0.2.1 -j DROP")]
    [TestCase("-A INPUT -m comment --comment \"rulec:ignore IPT3024 [|IPT3999|]\" -s 192.0.2.1 -j DROP")]
    [TestCase("-A INPUT -m comment --comment \"rulec:ignore [|IPT2009|]\" -s 192.0.2.1 -j DROP")]
    public void One_that_suppresses_nothing_is_found(string rule) => FindingAssert.Reports(Dump(rule), "IPT3099");

    [Test]
    public void A_check_that_did_not_run_is_not_judged() => Assert.That(
        Linter.Run(
            Linted.Compile(Dump("-A INPUT -m comment --comment \"rulec:ignore IPT3001,IPT3024\" -j DROP")),
            new LintOptions { Ignored = ["IPT3001"] }).Findings.Where(finding => finding.Id == "IPT3099"),
        Is.Empty);

    [Test]
    public void A_rule_that_was_given_up_is_not_judged()
    {
        var analyzer = new Linted.Analyzer(context =>
        {
            context.GiveUp(Linted.Drops(context).Single(), "whether a packet can reach it");
            return [];
        });
        var result = Linted.Run(Dump("-A INPUT -m comment --comment \"rulec:ignore IPT3001\" -j DROP"), null, analyzer);

        Assert.That(result.Findings, Is.Empty);
    }

    private static IEnumerable<Finding> Find(string rules) =>
        Linted.Run(Dump(rules), null, Linted.Analyzer.OfDrops).Findings.Where(finding => finding.Id != "IPT3099");

    private static string Dump(string rules) => $"*filter\n:INPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n";
}
