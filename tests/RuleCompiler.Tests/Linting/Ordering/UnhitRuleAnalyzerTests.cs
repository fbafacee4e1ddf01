using NUnit.Framework;
using RuleCompiler.Linting;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class UnhitRuleAnalyzerTests
{
    [Test]
    public void A_rule_that_counts_nothing_before_one_that_takes_the_rest() => Reports("""
        [5:300] -A INPUT -i lo -j ACCEPT
        [0:0] [|-A INPUT -s 192.0.2.1/32 -j DROP|]
        [7:420] -A INPUT -j DROP
        """);

    [TestCase("[0:0] -A INPUT -s 192.0.2.1/32 -j DROP\n[7:420] -A INPUT -s 192.0.2.2/32 -j DROP", TestName = "A later rule that takes only some")]
    [TestCase("[0:0] -A INPUT -s 192.0.2.1/32 -j DROP\n[0:0] -A INPUT -j DROP", TestName = "A later rule without hits")]
    [TestCase("-A INPUT -s 192.0.2.1/32 -j DROP\n-A INPUT -j DROP", TestName = "No counters")]
    [TestCase("-A INPUT -s 192.0.2.1/32 -j DROP\n[7:420] -A INPUT -j DROP", TestName = "No counters of this rule")]
    [TestCase("[7:420] -A INPUT -j LOG\n[0:0] -A INPUT -s 192.0.2.1/32 -j DROP", TestName = "Hits before it")]
    public void Nothing_is_said(string rules) => Reports(rules);

    [Test]
    public void The_later_rule_is_its_cause()
    {
        var finding = Reports("[0:0] [|-A INPUT -s 192.0.2.1/32 -j DROP|]\n[1:60] -A INPUT -j DROP")[0];

        Assert.Multiple(() =>
        {
            Assert.That(finding.Message, Is.EqualTo("No packet has matched this rule since its counters began, while 1 packet went on to rule 2"));
            Assert.That(finding.Because.Single().Location.Start.Line, Is.EqualTo(4));
        });
    }

    [Test]
    public void It_is_off() => Assert.That(Linter.Checks.Single(check => check.Id == "IPT3024").IsOn, Is.False);

    private static IReadOnlyList<Finding> Reports(string rules) =>
        FindingAssert.Reports($"*filter\n:INPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n", "IPT3024");
}
