using NUnit.Framework;
using RuleCompiler.Tests.Cli;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Scenarios;

/// <summary><c>rulec test --init</c>: a file that holds at once, with a packet for each rule that any packet reaches.</summary>
internal sealed class ScenarioStarterTests
{
    [Test]
    public void What_is_written_holds()
    {
        using var folder = new TemporaryFolder();
        folder.Write("pod.rules", SidecarDump.Article.ToString());
        var written = RulecRun.Of("test", "--init", folder.PathOf("pod.rules"), "-o", folder.PathOf("pod.flows"));
        var text = File.ReadAllText(folder.PathOf("pod.flows"));
        var run = RulecRun.Of("test", folder.PathOf("pod.flows"), "--accept");

        Assert.Multiple(() =>
        {
            Assert.That((written.ExitCode, written.Errors), Is.EqualTo((0, "")));
            Assert.That((run.ExitCode, run.Errors), Is.EqualTo((0, "")), run.Output);
            Assert.That(text, Does.Contain("dump \"pod.rules\"").And.Contain("  flows\n  snapshot\n"));
            Assert.That(text, Does.Contain("expect hits nat:ISTIO_OUTPUT:9\n"));
            Assert.That(text, Does.Not.Contain("nat:ISTIO_OUTPUT:5\n"), "a rule that nothing reaches has no packet");
        });
    }

    [Test]
    public void A_rule_that_hangs_on_an_unknown_is_hit_perhaps()
    {
        var run = RulecRun.WithInput(
            "*filter\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -m limit --limit 5/sec -j DROP\nCOMMIT\n", "test", "--init", "-");

        Assert.That(run.Output, Does.Contain("expect maybe hits filter:OUTPUT:1"));
    }

    [Test]
    public void A_packet_that_could_not_be_traced_is_left_out()
    {
        using var folder = new TemporaryFolder();
        var sets = string.Concat(Enumerable.Range(0, 13).Select(i => $"-A OUTPUT -p udp -m set --match-set s{i} dst -j LOG\n"));
        folder.Write("host.rules", $"*filter\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -p tcp -j DROP\n{sets}COMMIT\n");
        RulecRun.Of("test", "--init", folder.PathOf("host.rules"), "-o", folder.PathOf("host.flows"));
        var run = RulecRun.Of("test", folder.PathOf("host.flows"));

        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((0, "")), run.Output);
        Assert.That(File.ReadAllText(folder.PathOf("host.flows")), Does.Contain("filter:OUTPUT:1\n").And.Contain("# Left out: 13 rules"));
    }
}
