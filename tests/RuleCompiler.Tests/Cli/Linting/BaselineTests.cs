using CsCheck;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Oracles.SmallDomain;

namespace RuleCompiler.Tests.Cli.Linting;

internal sealed class BaselineTests
{
    private const int DumpCount = 60;

    private const string Dump = """
        *filter
        :INPUT ACCEPT [0:0]
        -A INPUT -p tcp -j DROP
        -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
        COMMIT

        """;

    private static readonly string Grown = Dump
        .Replace(":INPUT ACCEPT [0:0]\n", ":INPUT ACCEPT [7:900]\n-A INPUT -s 192.0.2.1/32 -p udp -j ACCEPT\n", StringComparison.Ordinal)
        .Replace("COMMIT", "-A INPUT -p tcp -m tcp --dport 23 -j ACCEPT\nCOMMIT", StringComparison.Ordinal);

    [TestCase("json")]
    [TestCase("ndjson")]
    [TestCase("sarif")]
    public void What_an_earlier_report_has_does_not_count_even_where_lines_moved(string format)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("dump", Dump);
        var known = folder.Write("known", RulecRun.Of("lint", path, "--format", format, "--select", "IPT3001").Output);
        folder.Write("dump", Grown);

        var run = RulecRun.Of("lint", path, "--baseline", known, "--select", "IPT3001,IPT3003");

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Does.Contain("dump(6,1): warning IPT3001"));
            Assert.That(run.Output, Does.Not.Contain("dump(5,1): warning"));
            Assert.That(run.Output, Does.EndWith("1 file: 1 warning; 1 in the baseline\n"));
        });
    }

    [Test]
    public void The_same_finding_in_another_file_is_another()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.PathOf("node1"));
        Directory.CreateDirectory(folder.PathOf("node2"));
        var first = folder.Write("node1/dump", Dump);
        var second = folder.Write("node2/dump", Dump);
        var known = folder.Write("known", RulecRun.Of("lint", first, "--format", "json").Output);

        var run = RulecRun.Of("lint", first, second, "--baseline", known);

        Assert.That((run.ExitCode, run.Output.Split(" warning IPT3001").Length - 1), Is.EqualTo((1, 1)), run.Output);
    }

    [TestCase("dump", ExpectedResult = 0)]
    [TestCase("./dump", ExpectedResult = 0)]
    [TestCase("other/folder/dump", ExpectedResult = 1)]
    public int A_file_may_be_named_from_another_folder(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("dump", Dump);
        var report = RulecRun.Of("lint", path, "--format", "json").Output.Replace(path, name, StringComparison.Ordinal);

        return RulecRun.Of("lint", path, "--baseline", folder.Write("known", report)).ExitCode;
    }

    [Test]
    public void What_came_by_standard_input_may_be_any_file()
    {
        using var folder = new TemporaryFolder();
        var known = folder.Write("known", RulecRun.WithInput(Dump, "lint", "--format", "json").Output);

        Assert.That(RulecRun.Of("lint", folder.Write("dump", Dump), "--baseline", known).ExitCode, Is.Zero);
    }

    [TestCase("")]
    [TestCase("no JSON")]
    [TestCase("{}")]
    [TestCase("[1]")]
    [TestCase("""{ "schema": "rulec.trace/1" }""")]
    [TestCase("""{ "findings": [ {} ] }""")]
    public void What_is_no_report_is_an_error(string text)
    {
        using var folder = new TemporaryFolder();

        var run = RulecRun.WithInput(Dump, "lint", "--baseline", folder.Write("known", text));

        Assert.That((run.ExitCode, run.Errors.Contains("known: error IPT9005: No baseline: ", StringComparison.Ordinal)), Is.EqualTo((2, true)), run.Errors);
    }

    [Test]
    public void Suppressed_and_known_findings_stay_in_SARIF_marked()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("dump", Dump);
        var known = folder.Write("known", RulecRun.Of("lint", path, "--format", "json").Output);

        var sarif = RulecRun.Of("lint", path, "--baseline", known, "--format", "sarif").Output;

        Assert.That(sarif, Does.Contain("\"kind\": \"external\""));
    }

    /// <remarks>Findings of every severity count; a chain that nothing calls yet is a new finding, and the only one.</remarks>
    [Test]
    public void A_baseline_silences_its_own_run_and_nothing_else() => Gen.Int[1, 1_000_000].Sample(
        seed =>
        {
            using var folder = new TemporaryFolder();
            var dump = SmallGenerator.Dump(seed);
            string[] options = ["--fail-on", "info", "--family", dump.Family == Family.IPv4 ? "ipv4" : "ipv6"];
            var path = folder.Write("dump", dump.ToString());
            var known = folder.Write("known", RulecRun.Of(["lint", path, "--format", "json", .. options]).Output);
            var again = RulecRun.Of(["lint", path, "--baseline", known, .. options]);
            folder.Write("dump", $"# saved again\n\n{dump}".Replace("[0:0]", "[7:420]", StringComparison.Ordinal));
            var saved = RulecRun.Of(["lint", path, "--baseline", known, .. options]);
            folder.Write("dump", dump.ToString().Replace("COMMIT", ":uncalled - [0:0]\nCOMMIT", StringComparison.Ordinal));
            var grown = RulecRun.Of(["lint", path, "--baseline", known, "--format", "json", .. options]);
            return again.ExitCode == 0 && saved.ExitCode == 0 && grown.ExitCode == 1
                && grown.Output.Split("\"id\": \"IPT").Length - 1 == dump.Chains.Select(chain => chain.Table).Distinct().Count();
        },
        iter: DumpCount);
}
