using NUnit.Framework;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Cli.Output;

internal sealed class LintTextWriterTests
{
    [Test]
    public void A_loop_of_a_sidecar() => Snapshot.Verify(
        RulecRun.WithInput(SidecarDump.Article.Without(4, 7).ToString(), "lint", "--select", "IPT4001,IPT4024").Output);

    [Test]
    public void Findings_of_level_info_are_one_for_a_check_and_chain() => Snapshot.Verify(
        RulecRun.WithInput(Excluding, "lint", "--select", "IPT4005").Output);

    [Test]
    public void Ungrouped_each_is_shown() => Assert.That(
        RulecRun.WithInput(Excluding, "lint", "--select", "IPT4005", "--no-group").Output.Split("info IPT4005").Length - 1, Is.EqualTo(4));

    /// <remarks>A dump of a node has thousands of chains in which the same is found.</remarks>
    [Test]
    public void Of_a_check_that_finds_the_same_in_many_chains_some_are_shown()
    {
        const int chains = 45;
        var numbers = Enumerable.Range(1, chains).ToList();
        var dump = $"*filter\n:INPUT ACCEPT [0:0]\n{string.Concat(numbers.Select(number => $":C{number} - [0:0]\n"))}"
            + $"{string.Concat(numbers.Select(number => $"-A INPUT -s 192.0.2.{number}/32 -j C{number}\n"))}"
            + $"{string.Concat(numbers.Select(number => $"-A C{number} -p tcp -j ACCEPT\n-A C{number} -p udp -j ACCEPT\n"))}COMMIT\n";

        var output = RulecRun.WithInput(dump, "lint", "--select", "IPT3005").Output;

        Assert.Multiple(() =>
        {
            Assert.That(output, Does.Contain("\n<stdin>: IPT3005 (Rule that changes nothing) 12 more, in 6 other chains (--no-group shows each)\n1 file: "));
            Assert.That(RulecRun.WithInput(dump, "lint", "--select", "IPT3005", "--no-group").Output, Does.Not.Contain(" more, in "));
        });
    }

    [Test]
    public void Color_is_for_terminals_or_when_asked_for()
    {
        Assert.Multiple(() =>
        {
            Assert.That(RulecRun.WithInput(Excluding, "lint").Output, Does.Not.Contain("\u001b"));
            Assert.That(RulecRun.WithInput(Excluding, "lint", "--color", "always").Output, Does.Contain("\u001b["));
        });
    }

    [Test]
    public void Words_of_a_dump_are_safe_to_show()
    {
        var run = RulecRun.WithInput(
            "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\n-A INPUT -s 192.0.2.1 -m comment --comment \"\u001b[31mred\" -j ACCEPT\nCOMMIT\n", "lint");

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Contain("IPT3001"));
            Assert.That(run.Output, Does.Not.Contain("\u001b").And.Contain("\\x1b[31mred"));
        });
    }

    [Test]
    public void Suppressed_findings_are_counted()
    {
        var dump = Excluding.Replace("--dport 22 -j", "--dport 22 -m comment --comment \"rulec:ignore IPT4005\" -j", StringComparison.Ordinal);

        Assert.That(RulecRun.WithInput(dump, "lint", "--select", "IPT4005").Output, Does.EndWith("\n1 file: 3 info; 1 suppressed\n"));
    }

    [Test]
    public void A_suppression_of_nothing_is_told() => Assert.That(
        RulecRun.WithInput(Excluding.Replace("--dport 22 -j", "--dport 22 -m comment --comment \"rulec:ignore IPT3001\" -j", StringComparison.Ordinal), "lint").Output,
        Does.Contain("info IPT3099"));

    private static string Excluding => (SidecarDump.Today with
    {
        Inbound =
        [
            "-p tcp -m tcp --dport 22 -j RETURN", "-p tcp -m tcp --dport 23 -j RETURN", "-p tcp -m tcp --dport 24 -j RETURN",
            SidecarDump.Today.Inbound[0], "-s 192.0.2.0/24 -p tcp -j RETURN", .. SidecarDump.Today.Inbound[1..],
        ],
    }).ToString();
}
