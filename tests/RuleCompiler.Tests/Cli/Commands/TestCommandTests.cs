using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Cli.Commands;

/// <summary>Scenario files, step by step, in a folder of their own.</summary>
internal sealed class TestCommandTests
{
    private const string Verified = "pod.app-calls-out.verified.txt";
    private const string Received = "pod.app-calls-out.received.txt";

    private const string Flows = """
        dump "pod.rules"

        scenario "app calls out"
          packet tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 gid 1000
          expect verdict accept
          expect flow 2
          snapshot

        scenario "envoy calls out"
          packet tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1337 gid 1337
          expect untouched
        """;

    [Test]
    public void A_first_run_leaves_what_came_and_fails()
    {
        using var folder = Prepare();
        var run = RulecRun.Of("test", folder.PathOf("pod.flows"));

        Assert.That(run.ExitCode, Is.EqualTo(1));
        Assert.That(run.Output, Does.Contain("there is none yet; see pod.app-calls-out.received.txt").And.Contains("1 passed, 1 failed"));
        Snapshot.Verify(File.ReadAllText(folder.PathOf(Received)));
    }

    [Test]
    public void An_accepted_snapshot_holds_until_the_trace_changes()
    {
        using var folder = Prepare();
        var flows = folder.PathOf("pod.flows");

        Assert.That(RulecRun.Of("test", flows, "--accept").ExitCode, Is.Zero);
        Assert.That(File.Exists(folder.PathOf(Verified)), Is.True);
        Assert.That(RulecRun.Of("test", flows).ExitCode, Is.Zero);

        folder.Write("pod.rules", SidecarDump.Article.ToString().Replace("15001", "15011", StringComparison.Ordinal));
        var changed = RulecRun.Of("test", flows);
        Assert.That(changed.ExitCode, Is.EqualTo(1));
        Assert.That(File.Exists(folder.PathOf(Received)), Is.True);
        Snapshot.Verify(changed.Output.Replace(folder.Path, "", StringComparison.Ordinal));

        folder.Write("pod.rules", SidecarDump.Article.ToString());
        Assert.That(RulecRun.Of("test", flows).ExitCode, Is.Zero);
        Assert.That(File.Exists(folder.PathOf(Received)), Is.False);
    }

    [Test]
    public void Counters_and_comments_change_no_snapshot()
    {
        using var folder = Prepare();
        var flows = folder.PathOf("pod.flows");
        RulecRun.Of("test", flows, "--accept");
        folder.Write("pod.rules", "# A comment\n" + SidecarDump.Article.ToString()
            .Replace("-A ISTIO_OUTPUT -j", "[7:420] -A ISTIO_OUTPUT -m comment --comment \"new\" -j", StringComparison.Ordinal));

        Assert.That(RulecRun.Of("test", flows).ExitCode, Is.Zero);
    }

    [Test]
    public void One_snapshot_is_accepted_alone()
    {
        using var folder = Prepare();
        var flows = folder.Write("pod.flows", $"{Flows}\n  snapshot\n");

        Assert.That(RulecRun.Of("test", flows, "--accept", "--filter", "ENVOY").ExitCode, Is.Zero);
        Assert.That(File.Exists(folder.PathOf("pod.envoy-calls-out.verified.txt")), Is.True);
        Assert.That(File.Exists(folder.PathOf(Verified)), Is.False);
    }

    [TestCase(false, ExpectedResult = false)]
    [TestCase(true, ExpectedResult = true)]
    public bool In_ci_nothing_is_written_unless_asked(bool isAsked)
    {
        using var folder = Prepare();
        string[] options = isAsked ? ["--write-received"] : [];
        var run = RulecRun.Of([], ["test", folder.PathOf("pod.flows"), .. options], isCi: true);

        Assert.That(run.ExitCode, Is.EqualTo(1));
        return File.Exists(folder.PathOf(Received));
    }

    [Test]
    public void Orphaned_and_pending_snapshots_are_reported()
    {
        using var folder = Prepare();
        var flows = folder.PathOf("pod.flows");
        RulecRun.Of("test", flows, "--accept");
        folder.Write("pod.gone.verified.txt", "");
        folder.Write("pod.v6.of-another-file.verified.txt", "");
        folder.Write(Received, "");
        var run = RulecRun.Of("test", flows, "--filter", "envoy");

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[]
        {
            $"{flows}(1,1): warning IPT5215: 'pod.gone.verified.txt' is the snapshot of no scenario of this file",
            $"{flows}(1,1): warning IPT5216: '{Received}' waits to be accepted or deleted",
        }));
    }

    [TestCase("dump \"pod.rules\"\nscenario app\n", "(2,10): error IPT5201: ", TestName = "A syntax error")]
    [TestCase("dump \"pod.rules\"\nscenaro \"app\"\n", "(2,1): error IPT5202: 'scenaro' begins no statement; did you mean 'scenario'?", TestName = "An unknown keyword")]
    [TestCase("dump \"none.rules\"\nscenario \"app\"\n  flows\n  snapshot\n", "(1,6): error IPT5206: 'none.rules': No such file", TestName = "A missing dump")]
    [TestCase(Flows + "\nscenario \"app calls out\"\n  flows\n  snapshot\n", "(12,10): error IPT5208: 'app calls out' is the name of another one, in line 3", TestName = "Two of one name")]
    [TestCase("dump \"broken.rules\"\nscenario \"app\"\n  flows\n  snapshot\n", "broken.rules(2,1): error IPT", TestName = "A dump with errors")]
    public void Errors_exit_with_2(string flows, string problem)
    {
        using var folder = Prepare();
        folder.Write("broken.rules", "*nat\n-A\nCOMMIT\n");
        var run = RulecRun.Of("test", folder.Write("pod.flows", flows));

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain(problem));
    }

    [Test]
    public void Other_files_run_where_one_has_errors()
    {
        using var folder = Prepare();
        RulecRun.Of("test", folder.PathOf("pod.flows"), "--accept");
        var run = RulecRun.Of("test", folder.PathOf("missing.flows"), folder.PathOf("pod.flows"));

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Does.Contain("2 passed"));
    }

    [Test]
    public void Json_has_the_fields_of_the_contract()
    {
        using var folder = Prepare("\n  expect verdict drop\n");
        using var json = JsonDocument.Parse(RulecRun.Of("test", folder.PathOf("pod.flows"), "--accept", "--format", "json").Output);
        var results = json.RootElement.GetProperty("results");
        var failure = results[1].GetProperty("failures")[0];

        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("schema").GetString(), Is.EqualTo("rulec.test/1"));
            Assert.That(json.RootElement.GetProperty("summary").GetProperty("passed").GetInt32(), Is.Zero);
            Assert.That(json.RootElement.GetProperty("summary").GetProperty("failed").GetInt32(), Is.EqualTo(1));
            Assert.That(results[0].GetProperty("kind").GetString(), Is.EqualTo("scenario"));
            Assert.That(results[0].GetProperty("name").GetString(), Is.EqualTo("app calls out"));
            Assert.That(results[0].GetProperty("line").GetInt32(), Is.EqualTo(3));
            Assert.That(results[0].GetProperty("status").GetString(), Is.EqualTo("accepted"));
            Assert.That(results[1].GetProperty("status").GetString(), Is.EqualTo("failed"));
            Assert.That(failure.GetProperty("line").GetInt32(), Is.EqualTo(12));
            Assert.That(failure.GetProperty("expected").GetString(), Is.EqualTo("verdict drop"));
            Assert.That(failure.GetProperty("actual").GetString(), Is.EqualTo("verdict accept"));
            Assert.That(failure.GetProperty("witness").GetString(), Does.StartWith("tcp 10.244.1.7:40000"));
        });
    }

    [Test]
    public void Junit_has_a_case_for_each_scenario()
    {
        using var folder = Prepare("\n  expect verdict drop\n");
        var xml = XDocument.Parse(RulecRun.Of("test", folder.PathOf("pod.flows"), "--accept", "--format", "junit").Output);
        var suite = xml.Root?.Element("testsuite");

        Assert.That(suite?.Attribute("tests")?.Value, Is.EqualTo("2"));
        Assert.That(suite?.Attribute("failures")?.Value, Is.EqualTo("1"));
        Assert.That(
            suite?.Elements("testcase").Last().Element("failure")?.Attribute("message")?.Value,
            Is.EqualTo("expected verdict drop, but is verdict accept"));
    }

    [Test]
    public void Github_gets_one_annotation_a_failure()
    {
        using var folder = Prepare("\n  expect verdict drop\n");
        var path = folder.Write("a,b.flows", File.ReadAllText(folder.PathOf("pod.flows")));
        var output = RulecRun.Of("test", path, "--accept", "--format", "github").Output;

        Assert.That(output, Does.StartWith($"::error file={folder.PathOf("a%2Cb.flows")},line=12,col=10,title=envoy calls out::expected verdict drop"));
        Assert.That(output, Does.Contain("%0Apacket tcp ").And.EndWith("\n"));
        Assert.That(output.Count(c => c == '\n'), Is.EqualTo(1));
    }

    [Test]
    public void The_six_flows_are_a_scenario()
    {
        using var folder = Prepare();
        var flows = folder.Write("pod.flows", "dump \"pod.rules\"\nscenario \"six flows\"\n  flows\n  expect verdict accept\n  snapshot\n");
        Assert.That(RulecRun.Of("test", flows, "--accept").ExitCode, Is.Zero);
        folder.Write("pod.rules", SidecarDump.Article.Without(9).ToString());
        var changed = RulecRun.Of("test", flows);

        Assert.That(changed.ExitCode, Is.EqualTo(1));
        Assert.That(changed.Output, Does.Contain("- 2  Local Pod -> Remote Pod").And.Contains("now flow 2: "));
    }

    [Test]
    public void A_filter_that_fits_nothing_is_an_error()
    {
        using var folder = Prepare();
        var run = RulecRun.Of("test", folder.PathOf("pod.flows"), "--filter", "nonesuch");

        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((2, "rulec: No scenario or claim has 'nonesuch' in its name\n")));
    }

    [Test]
    public void A_file_is_read_from_standard_input()
    {
        using var folder = Prepare();
        var flows = Flows.Replace("pod.rules", folder.PathOf("pod.rules"), StringComparison.Ordinal).Replace("  snapshot\n", "", StringComparison.Ordinal);

        Assert.That(RulecRun.WithInput(flows, "test").Output, Does.Contain("2 passed"));
    }

    private static TemporaryFolder Prepare(string more = "")
    {
        var folder = new TemporaryFolder();
        folder.Write("pod.rules", SidecarDump.Article.ToString());
        folder.Write("pod.flows", Flows + more);
        return folder;
    }
}
