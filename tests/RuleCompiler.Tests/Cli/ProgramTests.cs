using System.Diagnostics;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli;

/// <summary>What only a process of its own can show: real streams, signals, exit codes.</summary>
internal sealed class ProgramTests
{
    private static string RulecPath => Path.Join(AppContext.BaseDirectory, "rulec.dll");

    [Test]
    public void Version_is_one_line()
    {
        var result = ProcessResult.Of(Start("--version"));

        Assert.That(result, Is.EqualTo(new ProcessResult(0, "rulec 1.0.0\n", "")));
    }

    [Test]
    public void Results_and_problems_go_to_their_streams()
    {
        var result = ProcessResult.Of(Start("compile", "-q"), "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j NOWHERE\nCOMMIT\n");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(result.Output, Is.Empty);
            Assert.That(result.Errors, Does.StartWith("<stdin>(3,13): error IPT2"));
        });
    }

    [Test]
    public void A_reader_that_goes_away_ends_the_run_quietly()
    {
        using var folder = new TemporaryFolder();
        var dump = folder.Write("large", $"*filter\n:INPUT ACCEPT [0:0]\n{Rules(20_000)}COMMIT\n");

        var result = ProcessResult.OfShell($"dotnet '{RulecPath}' compile -q '{dump}' | head -n 1; echo ${{PIPESTATUS[0]}}");

        Assert.That(result, Is.EqualTo(new ProcessResult(0, "filter INPUT, policy ACCEPT\n0\n", "")));
    }

    [TestCase("--help")]
    [TestCase("flows --help")]
    [TestCase("--version")]
    [TestCase("explain")]
    public void Nobody_need_listen(string commandLine)
    {
        var result = ProcessResult.OfShell($"(sleep 1; dotnet '{RulecPath}' {commandLine}; echo $? >&2) | true");

        Assert.That(result, Is.EqualTo(new ProcessResult(0, "", "0\n")));
    }

    [Test]
    public void Output_and_errors_may_share_a_file()
    {
        using var folder = new TemporaryFolder();
        var dump = folder.Write("dump", "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n");
        var both = folder.PathOf("both");

        ProcessResult.OfShell($"dotnet '{RulecPath}' compile '{dump}' >'{both}' 2>&1");

        Assert.That(File.ReadAllLines(both), Has.Length.EqualTo(2));
    }

    [Test]
    public void A_full_disk_is_an_error()
    {
        if (!File.Exists("/dev/full"))
        {
            Assert.Ignore("needs /dev/full");
        }

        var result = ProcessResult.OfShell($"printf '*filter\\n:INPUT ACCEPT\\nCOMMIT\\n' | dotnet '{RulecPath}' compile >/dev/full");

        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(2));
            Assert.That(result.Errors, Does.StartWith("<stdout>: error IPT9003: Cannot write: "));
        });
    }

    [Test]
    public void Ctrl_C_ends_a_wait_for_input_with_130()
    {
        using var folder = new TemporaryFolder();
        var pipe = folder.PathOf("pipe");

        // A pipe open for reading and writing has no end. Job control keeps SIGINT alive in the background, and env gives it
        // back where whoever runs the tests ignores it.
        var result = ProcessResult.OfShell($"""
            set -m; mkfifo '{pipe}'
            env --default-signal=INT dotnet '{RulecPath}' compile - <>'{pipe}' & rulec=$!
            sleep 2; kill -INT $rulec; wait $rulec; echo $?
            """);

        Assert.That(result.Output, Is.EqualTo("130\n"));
    }

    private static string Rules(int count) => string.Concat(
        Enumerable.Range(0, count).Select(i => $"-A INPUT -s 10.{i >> 16}.{(i >> 8) & 255}.{i & 255}/32 -j ACCEPT\n"));

    private static ProcessStartInfo Start(params string[] args) => new("dotnet", [RulecPath, .. args]);
}
