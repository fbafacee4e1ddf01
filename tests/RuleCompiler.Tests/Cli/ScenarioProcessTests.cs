using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Cli;

/// <summary>Scenario files as a project keeps them: the tool as a process, in a folder, one step after the other.</summary>
internal sealed class ScenarioProcessTests
{
    private const string Verified = "pod.app-calls-out.verified.txt";
    private const string Received = "pod.app-calls-out.received.txt";

    private const string Flows = """
        # What must stay.
        dump "pod.rules"
        profile istio

        scenario "app calls out"
          packet tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 gid 1000
          expect flow 2
          snapshot

        scenario "the six flows"
          flows
          snapshot

        always "the proxy's own traffic leaves untouched"
          space tcp * -> * uid 1337 out !lo
          verdict accept
          untouched
        """;

    private static string RulecPath => Path.Join(AppContext.BaseDirectory, "rulec.dll");

    [Test]
    public void A_snapshot_from_its_first_run_to_its_next()
    {
        using var folder = Prepare();

        Expect(folder, 1, "there is none yet", "test", "pod.flows");
        Assert.That(Names(folder), Is.EqualTo(new[] { Received, "pod.flows", "pod.rules", "pod.the-six-flows.received.txt" }));

        Expect(folder, 0, "2 accepted", "test", "pod.flows", "--accept");
        Assert.That(Names(folder), Is.EqualTo(new[] { Verified, "pod.flows", "pod.rules", "pod.the-six-flows.verified.txt" }));
        Expect(folder, 0, "3 passed", "test", "pod.flows");

        // The application's calls no longer meet the proxy.
        folder.Write("pod.rules", SidecarDump.Article.ToString().Replace("-A ISTIO_OUTPUT -j ISTIO_REDIRECT", "-A ISTIO_OUTPUT -j RETURN", StringComparison.Ordinal));
        var changed = Expect(folder, 1, "failed    app calls out", "test", "pod.flows");
        Assert.That(changed.Output, Does.Contain("- ").And.Contain("jump ISTIO_REDIRECT").And.Contain("+ "));
        Assert.That(changed.Output, Does.Match(@"now tcp 10\.244\.1\.7:40000 .*: decided by nat:ISTIO_OUTPUT:9 \(line \d+\): -j RETURN"));
        Assert.That(Names(folder), Does.Contain(Received));

        folder.Write("pod.rules", SidecarDump.Article.ToString());
        Expect(folder, 0, "3 passed", "test", "pod.flows");
        Assert.That(Names(folder), Has.None.EndsWith(".received.txt"));
    }

    [Test]
    public void One_snapshot_is_accepted_by_its_name()
    {
        using var folder = Prepare();

        Expect(folder, 1, "1 accepted", "test", "pod.flows", "--accept", "the six flows");
        Assert.That(Names(folder), Is.EqualTo(new[] { Received, "pod.flows", "pod.rules", "pod.the-six-flows.verified.txt" }));
        Expect(folder, 0, "1 accepted", "test", "pod.flows", "--accept", "app-calls-out");
        var wrong = Run(folder, [], "test", "pod.flows", "--accept", "nobody");
        Assert.That((wrong.ExitCode, wrong.Errors), Is.EqualTo((2, "rulec: No scenario with a snapshot is called 'nobody'\n")));
        Expect(folder, 0, "3 passed", "test", "--accept", "pod.flows");
    }

    [Test]
    public void Filter_orphans_and_what_is_pending()
    {
        using var folder = Prepare();
        Run(folder, [], "test", "pod.flows", "--accept");
        folder.Write("pod.gone.verified.txt", "");
        folder.Write(Received, "");
        var run = Expect(folder, 0, "1 passed", "test", "pod.flows", "--filter", "SIX");

        Assert.That(run.Errors, Is.EqualTo(
            "pod.flows(1,1): warning IPT5215: 'pod.gone.verified.txt' is the snapshot of no scenario of this file\n"
            + $"pod.flows(1,1): warning IPT5216: '{Received}' waits to be accepted or deleted\n"));
    }

    [Test]
    public void In_ci_nothing_is_written_unless_asked()
    {
        using var folder = Prepare();
        var run = Run(folder, [("CI", "true")], "test", "pod.flows");

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(Names(folder), Is.EqualTo(new[] { "pod.flows", "pod.rules" }));
        Assert.That(Run(folder, [("CI", "true")], "test", "pod.flows", "--accept").ExitCode, Is.Zero);
        Assert.That(Names(folder), Does.Contain(Verified));
    }

    [TestCase("scenario app\n", "pod.flows(18,10): error IPT5201: ", TestName = "A syntax error")]
    [TestCase("scenaro \"app\"\n", "pod.flows(18,1): error IPT5202: 'scenaro' begins no statement; did you mean 'scenario'?", TestName = "An unknown keyword")]
    [TestCase("scenario \"x\"\n  packet tcp 10.0.0.1:1 -> 10.0.0.2:1\n  expects verdict drop\n", "pod.flows(20,3): error IPT5202: ", TestName = "An unknown keyword in a scenario")]
    [TestCase("dump \"none.rules\"\n", "pod.flows(18,1): error IPT5203: ", TestName = "A dump behind the head")]
    [TestCase("scenario \"App calls out\"\n  flows\n  snapshot\n", "pod.flows(18,10): error IPT5208: 'App calls out' is the name of another one, in line 5", TestName = "Two of one name")]
    public void An_error_is_told_with_its_place(string more, string problem)
    {
        using var folder = Prepare();
        folder.Write("pod.flows", $"{Flows}\n{more}");
        var run = Run(folder, [], "test", "pod.flows");

        Assert.That((run.ExitCode, Names(folder).Length), Is.EqualTo((2, 2)), "nothing is written");
        Assert.That(run.Errors, Does.StartWith(problem));
    }

    [Test]
    public void A_dump_that_is_not_there_is_told_at_its_name()
    {
        using var folder = Prepare();
        File.Delete(folder.PathOf("pod.rules"));
        var run = Run(folder, [], "test", "pod.flows");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.StartWith("pod.flows(2,6): error IPT5206: 'pod.rules': "));
    }

    [Test]
    public void A_dump_that_is_not_there_is_told_beside_errors_of_the_file()
    {
        using var folder = Prepare();
        File.Delete(folder.PathOf("pod.rules"));
        folder.Write("pod.flows", $"{Flows}\nscenaro \"app\"\n");
        var run = Run(folder, [], "test", "pod.flows");

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain("error IPT5202: ").And.Contain("pod.flows(2,6): error IPT5206: 'pod.rules': "));
    }

    [Test]
    public void Every_format_says_the_same()
    {
        using var folder = Prepare();
        string[] test = ["test", "pod.flows", "--format"];
        using var json = JsonDocument.Parse(Run(folder, [("CI", "true")], [.. test, "json"]).Output);
        var junit = XDocument.Parse(Run(folder, [("CI", "true")], [.. test, "junit"]).Output);
        var github = Run(folder, [("CI", "true")], [.. test, "github"]);

        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("summary").ToString(), Does.Match("\"passed\": 1,\\s+\"failed\": 2"));
            Assert.That(json.RootElement.GetProperty("results").EnumerateArray().Select(r => r.GetProperty("kind").GetString()), Is.EqualTo(new[] { "scenario", "scenario", "always" }));
            Assert.That(junit.Descendants("testcase").Count(), Is.EqualTo(3));
            Assert.That(junit.Descendants("failure").Count(), Is.EqualTo(2));
            Assert.That(github.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(2).And.All.StartsWith("::error file=pod.flows,line="));
            Assert.That(github.ExitCode, Is.EqualTo(1));
        });
    }

    /// <summary>What changes in each save of the same rules, and rules that these packets never come to.</summary>
    [Test]
    public void A_snapshot_stays_under_what_does_not_concern_it()
    {
        using var folder = Prepare();
        var dump = "# Generated by iptables-save v1.8.9 on Mon Jan  1 00:00:00 2024\n" + SidecarDump.Article
            + "# Completed on Mon Jan  1 00:00:00 2024\n*filter\n:INPUT ACCEPT [0:0]\n:OTHER - [0:0]\n-A INPUT -p udp -j OTHER\n-A OTHER -j DROP\nCOMMIT\n";
        folder.Write("pod.rules", dump);
        Run(folder, [], "test", "pod.flows", "--accept");
        var changed = Regex.Replace(dump, @"\[\d+:\d+\]", "[17:4242]")
            .Replace("2024", "2026", StringComparison.Ordinal)
            .Replace("-A ISTIO_OUTPUT", "[7:420] -A ISTIO_OUTPUT -m comment --comment \"kept by the mesh\"", StringComparison.Ordinal)
            .Replace("-A OTHER", "-A OTHER -s 192.0.2.0/24 -j RETURN\n-A OTHER", StringComparison.Ordinal)
            .Replace("-A INPUT -p udp -j OTHER", "# hand-made\n-A INPUT -p udp -j OTHER\n-A INPUT -p icmp -j OTHER", StringComparison.Ordinal);
        folder.Write("pod.rules", changed);

        Assert.That(changed.Split('\n').Intersect(dump.Split('\n')).Count(), Is.LessThan(dump.Split('\n').Length / 2));
        Expect(folder, 0, "3 passed", "test", "pod.flows");
    }

    private static TemporaryFolder Prepare()
    {
        var folder = new TemporaryFolder();
        folder.Write("pod.rules", SidecarDump.Article.ToString());
        folder.Write("pod.flows", Flows);
        return folder;
    }

    private static ProcessResult Expect(TemporaryFolder folder, int exitCode, string text, params string[] args)
    {
        var run = Run(folder, [], args);
        Assert.That(run.ExitCode, Is.EqualTo(exitCode), run.Output + run.Errors);
        Assert.That(run.Output, Does.Contain(text));
        return run;
    }

    private static ProcessResult Run(TemporaryFolder folder, (string Name, string Value)[] environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [RulecPath, .. args]) { WorkingDirectory = folder.Path };
        start.Environment.Remove("CI");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return ProcessResult.Of(start);
    }

    private static string[] Names(TemporaryFolder folder) =>
        [.. Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];
}
