using NUnit.Framework;
using RuleCompiler.Linting;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class MergeableRulesAnalyzerTests
{
    private const string Id = "IPT3023";

    [TestCase("-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT", "-A INPUT -p tcp -m multiport --dports 22,80 -j ACCEPT", TestName = "Ports to a list")]
    [TestCase("-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT\n-A INPUT -p tcp -m tcp --dport 81:90 -j ACCEPT", "-A INPUT -p tcp -m tcp --dport 80:90 -j ACCEPT", TestName = "Neighbouring ports to a range")]
    [TestCase("-A INPUT -p tcp -m tcp --sport 1 --dport 80 -j DROP\n-A INPUT -p tcp -m tcp --sport 1 --dport 82 -j DROP", "-A INPUT -p tcp -m tcp --sport 1 -m multiport --dports 80,82 -j DROP", TestName = "Beside another option of the match")]
    [TestCase("-A INPUT -p udp -m multiport --dports 1,2 -j DROP\n-A INPUT -p udp -m multiport --dports 9 -j DROP", "-A INPUT -p udp -m multiport --dports 1:2,9 -j DROP", TestName = "Lists to one list")]
    [TestCase("-A INPUT -s 192.0.2.0/25 -j DROP\n-A INPUT -s 192.0.2.128/25 -j DROP", "-A INPUT -s 192.0.2.0/24 -j DROP", TestName = "Halves to their network")]
    [TestCase("-A INPUT -p tcp -m tcp --dport 1 -j LOG\n-A INPUT -p tcp -m tcp --dport 3 -j LOG\n-A INPUT -p tcp -m tcp --dport 5 -j LOG", "-A INPUT -p tcp -m multiport --dports 1,3,5 -j LOG", TestName = "Three rules that go on")]
    public void Are_joined(string rules, string joined)
    {
        var dump = $"*filter\n:INPUT ACCEPT [0:0]\n[|{rules}|]\nCOMMIT\n";
        FindingAssert.Reports(dump, Id);
        var input = new LintInput(Linted.Compile(dump.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal)), new LintOptions { Selected = [Id] });

        Assert.That(
            Linter.Fix(input, _ => true).After.Tree.Text.ToString(),
            Is.EqualTo($"*filter\n:INPUT ACCEPT [0:0]\n{joined}\nCOMMIT\n"));
    }

    [TestCase("-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT -p udp -m udp --dport 22 -j ACCEPT", TestName = "Two fields differ")]
    [TestCase("-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT -p tcp -m tcp --dport 80 -j DROP", TestName = "The targets differ")]
    [TestCase("-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT -p udp -j DROP\n-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT", TestName = "Another rule is between")]
    [TestCase("-A INPUT -p tcp -m tcp --dport 22 -m limit --limit 5/sec -j ACCEPT\n-A INPUT -p tcp -m tcp --dport 80 -m limit --limit 5/sec -j ACCEPT", TestName = "Each has a limit of its own")]
    [TestCase("-A INPUT -p tcp -m tcp ! --dport 22 -j ACCEPT\n-A INPUT -p tcp -m tcp ! --dport 80 -j ACCEPT", TestName = "Negated")]
    [TestCase("-A INPUT -s 192.0.2.128/25 -j DROP\n-A INPUT -s 192.0.3.0/25 -j DROP", TestName = "No halves of one network")]
    [TestCase("-A INPUT -p tcp -m tcp --dport 1:9 -j LOG\n-A INPUT -p tcp -m tcp --dport 5 -j LOG", TestName = "Some packets are logged twice")]
    public void Are_not(string rules) => FindingAssert.ReportsNothing($"*filter\n:INPUT ACCEPT [0:0]\n{rules}\nCOMMIT\n", Id);

    [Test]
    public void Is_off_unless_asked_for() => Assert.That(
        Linter.Run(Linted.Compile("*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -m tcp --dport 22 -j ACCEPT\n-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT\nCOMMIT\n"))
            .Findings.Select(finding => finding.Id),
        Does.Not.Contain(Id));
}
