using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Cli;

namespace RuleCompiler.Tests.Cli;

internal sealed class RulecTests
{
    [Test]
    public void Version_is_that_of_the_assembly() =>
        Assert.That(typeof(Rulec).Assembly.GetName().Version?.ToString(3), Is.EqualTo(Rulec.Version));

    [TestCase("--version")]
    [TestCase("-v --version")]
    public void Version_is_one_line(string commandLine) =>
        Assert.That(RulecRun.Of(commandLine.Split(' ')), Is.EqualTo(new RulecRun(0, $"rulec {Rulec.Version}\n", "")));

    [TestCase("")]
    [TestCase("compil")]
    [TestCase("compile --emit pictures")]
    [TestCase("compile --emti json")]
    [TestCase("compile a b")]
    [TestCase("compile --color sometimes")]
    [TestCase("trace")]
    public void A_wrong_command_line_says_so_on_errors_and_ends_with_2(string commandLine)
    {
        var run = RulecRun.Of(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.Errors, Does.StartWith("rulec: "));
            Assert.That(run.Errors.Split('\n'), Has.Length.LessThanOrEqualTo(4));
        });
    }

    [Test]
    public void An_unknown_option_is_named() =>
        Assert.That(RulecRun.Of("compile", "--emti", "json", "x").Errors, Does.Contain("No option '--emti'"));

    [TestCase("compile --emti json x", "No option '--emti'; did you mean '--emit'?")]
    [TestCase("compile --verbsity quiet x", "No option '--verbsity'; did you mean '--verbosity'?")]
    [TestCase("compile a b", "'b' is one too many: 'rulec compile' takes one FILE")]
    [TestCase("diff a b c", "'c' is one too many: 'rulec diff' takes OLD and NEW")]
    [TestCase("lint x --timeout soon", "Cannot parse argument 'soon' for option '--timeout' as a number")]
    [TestCase("explain IPT1001 IPT1002", "'IPT1002' is one too many: 'rulec explain' takes one ID")]
    public void What_was_meant_is_told(string commandLine, string message) =>
        Assert.That(RulecRun.Of(commandLine.Split(' ')).Errors, Does.StartWith($"rulec: {message}\n"));

    [Test]
    public void What_command_was_meant_is_told() => Assert.That(
        RulecRun.Of("compil", "x").Errors,
        Does.Match("^rulec: No command 'compil'; there are compile, ([a-z]+, )+[a-z]+; did you mean 'compile'\\?\n"));

    [TestCase("compile", "compile", "-", "--emit", "json")]
    [TestCase("trace", "trace", "-", "tcp 10.0.0.1:1 -> 10.0.0.2:2", "--format", "json")]
    [TestCase("trace", "trace", "-", "tcp 10.0.0.1:1 -> 10.0.0.2:2", "--format", "ndjson")]
    [TestCase("classify", "classify", "-", "--packets", "no-such-file", "--format", "ndjson")]
    [TestCase("flows", "flows", "-", "--format", "json")]
    [TestCase("diff", "diff", "-", "no-such-file", "--format", "json")]
    [TestCase("search", "search", "-", "* * -> *", "--format", "json")]
    [TestCase("lint", "lint", "-", "--format", "json")]
    public void A_dump_with_errors_gives_an_envelope_with_its_problems(string command, params string[] arguments)
    {
        var run = RulecRun.WithInput("*nat\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT -j MISSING\nCOMMIT\n", arguments);
        using var json = JsonDocument.Parse(run.Output);
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(json.RootElement.GetProperty("schema").GetString(), Is.EqualTo($"rulec.{command}/1"));
            Assert.That(json.RootElement.GetProperty("problems").EnumerateArray().Select(p => p.GetProperty("severity").GetString()), Does.Contain("error"));
        });
    }

    [Test]
    public void A_file_keeps_what_it_had_where_a_dump_has_errors()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("tables.json", "before");
        RulecRun.WithInput("-A OUTPUT -j MISSING\n", "compile", "-", "--emit", "json", "-o", file);
        Assert.That(File.ReadAllText(file), Is.EqualTo("before"));
    }

    [TestCase("", ExpectedResult = 1)]
    [TestCase("--exit-zero", ExpectedResult = 0)]
    public int What_was_found_ends_with_1_unless_zero_is_asked_for(string option)
    {
        const string loop = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_REDIRECT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_REDIRECT
            -A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
            COMMIT

            """;
        return RulecRun.WithInput(loop, [.. option.Split(' ', StringSplitOptions.RemoveEmptyEntries), "flows"]).ExitCode;
    }

    [Test]
    public void What_could_not_be_done_stays_2() =>
        Assert.That(RulecRun.WithInput("no dump", "compile", "--exit-zero").ExitCode, Is.EqualTo(2));

    [Test]
    public void An_argument_with_an_at_sign_is_no_response_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("args", "--help");

        Assert.That(RulecRun.Of("compile", $"@{path}").Errors, Does.StartWith($"@{path}: error IPT9002"));
    }

    [TestCase("--help")]
    [TestCase("compile --help")]
    [TestCase("trace -h")]
    [TestCase("explain --help")]
    public void Help_goes_to_the_output(string commandLine)
    {
        var run = RulecRun.Of(commandLine.Split(' '));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.StartWith("Usage: rulec "));
            Assert.That(run.Errors, Is.Empty);
        });
    }

    [Test]
    public void Help_of_every_command_has_examples()
    {
        Assert.Multiple(() =>
        {
            foreach (var command in RuleCompiler.Cli.Commands.CommandCatalog.Create())
            {
                Assert.That(RulecRun.Of(command.Name, "--help").Output, Does.Contain($"rulec {command.Name}"), command.Name);
            }
        });
    }

    [Test]
    public void Ctrl_C_ends_with_130()
    {
        const string dump = "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n";
        string[] args = ["compile", "-"];

        var run = RulecRun.Of(System.Text.Encoding.UTF8.GetBytes(dump), args, cancellation: new CancellationToken(canceled: true));

        Assert.That(run.ExitCode, Is.EqualTo(130));
    }
}
