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

    [Test]
    public void Dumps_of_any_size_have_a_packet_for_each_rule()
    {
        using var folder = new TemporaryFolder();
        var rules = string.Concat(Enumerable.Range(0, 5000).Select(i =>
            $"-A FORWARD -d 10.{i >> 8}.{i & 255}.0/24 -p tcp -m tcp --dport {1000 + i} -j {(i % 3 == 0 ? "DROP" : "ACCEPT")}\n"));
        folder.Write("host.rules", $"*filter\n:FORWARD DROP [0:0]\n-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT\n{rules}"
            + "-A FORWARD -d 10.0.0.0/8 -p tcp -j LOG\n-A FORWARD -d 10.7.0.0/16 -p tcp -m tcp --dport 1 -j ACCEPT\n-A FORWARD -p tcp -j DROP\n-A FORWARD -p tcp -m tcp --dport 9 -j LOG\nCOMMIT\n");
        RulecRun.Of("test", "--init", folder.PathOf("host.rules"), "-o", folder.PathOf("host.flows"));
        var run = RulecRun.Of("test", folder.PathOf("host.flows"));
        var text = File.ReadAllText(folder.PathOf("host.flows"));

        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((0, "")), run.Output[^Math.Min(1000, run.Output.Length)..]);
        Assert.That(Enumerable.Range(1, 5004).Where(rule => !text.Contains($" hits filter:FORWARD:{rule}\n", StringComparison.Ordinal)), Is.Empty);
        Assert.That(text, Does.Not.Contain("filter:FORWARD:5005\n").And.Not.Contain("\n# "), "the last rule is dead");
    }

    [Test]
    public void A_packet_stands_for_all_rules_that_it_is_the_first_to_meet()
    {
        var run = RulecRun.WithInput(
            "*filter\n:INPUT ACCEPT [0:0]\n:OWN - [0:0]\n-A INPUT -j OWN\n-A OWN -p tcp -j LOG\n-A OWN -p udp -j DROP\nCOMMIT\n", "test", "--init", "-");

        Assert.That(run.Output, Does.Contain("""
            scenario "filter INPUT rule 1"
              packet tcp 198.51.100.7:40000 -> 10.244.1.7:80 in eth0
              expect hits filter:INPUT:1
              expect hits filter:OWN:1

            scenario "filter OWN rule 2"
              packet udp 198.51.100.7:40000 -> 10.244.1.7:80 in eth0
              expect hits filter:OWN:2

            """));
    }

    /// <summary>Of so many ports the bridge has a wide dimension, and 'none of them' a class with names that nobody asks for.</summary>
    [Test]
    public void Packets_that_this_host_sends_came_by_no_port_of_a_bridge()
    {
        using var folder = new TemporaryFolder();
        var ports = string.Concat(Enumerable.Range(0, 70).Select(i =>
            $"-A FORWARD -m physdev --physdev-in tap{i} --physdev-is-bridged -j ACCEPT\n-A FORWARD -m physdev --physdev-out tap{i} --physdev-is-bridged -j ACCEPT\n"));
        folder.Write("host.rules", $"*nat\n:POSTROUTING ACCEPT [0:0]\n-A POSTROUTING -s 192.168.122.0/24 ! -d 192.168.122.0/24 -p udp -j MASQUERADE\n"
            + $"-A POSTROUTING -s 192.168.122.0/24 ! -d 192.168.122.0/24 -j MASQUERADE\nCOMMIT\n*filter\n:FORWARD DROP [0:0]\n{ports}COMMIT\n");
        RulecRun.Of("test", "--init", folder.PathOf("host.rules"), "-o", folder.PathOf("host.flows"));
        var run = RulecRun.Of("test", folder.PathOf("host.flows"));

        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((0, "")), run.Output[^Math.Min(1000, run.Output.Length)..]);
        Assert.That(File.ReadAllText(folder.PathOf("host.flows")), Does.Contain("nat:POSTROUTING:2\n").And.Contain("filter:FORWARD:140\n"));
    }

    /// <summary>What a rule names there may be what nat has written, so that its options limit no packet that enters.</summary>
    [Test]
    public void Rules_behind_nat_have_packets()
    {
        var run = RulecRun.WithInput(
            """
            *nat
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT -d 10.96.0.1/32 -p tcp -m tcp --dport 80 -j DNAT --to-destination 192.0.2.9:8080
            COMMIT
            *filter
            :OUTPUT ACCEPT [0:0]
            -A OUTPUT -d 192.0.2.9/32 -p tcp -m tcp --dport 8080 -j ACCEPT
            -A OUTPUT ! -s 127.0.0.0/8 -d 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP
            -A OUTPUT -d 192.0.2.9/32 -p tcp -m tcp --dport 8080 -m conntrack --ctstate DNAT -j LOG
            COMMIT
            """,
            "test", "--init", "-");

        Assert.That(run.Output, Does.Contain("hits filter:OUTPUT:1\n").And.Contain("hits filter:OUTPUT:2\n").And.Not.Contain("OUTPUT:3\n"));
    }
}
