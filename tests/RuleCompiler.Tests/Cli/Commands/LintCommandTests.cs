using System.Globalization;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Cli;

namespace RuleCompiler.Tests.Cli.Commands;

internal sealed class LintCommandTests
{
    private const string Clean = "*filter\n:FORWARD DROP [0:0]\n-A FORWARD -p tcp -m tcp --dport 22 -j ACCEPT\nCOMMIT\n";

    private const string Shadowed = """
        *filter
        :FORWARD ACCEPT [0:0]
        -A FORWARD -p tcp -j DROP
        -A FORWARD -p tcp -m tcp --dport 22 -j ACCEPT
        COMMIT

        """;

    private const string Broken = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j GONE\nCOMMIT\n";

    [TestCase("", ExpectedResult = 1)]
    [TestCase("--fail-on warning", ExpectedResult = 1)]
    [TestCase("--fail-on info", ExpectedResult = 1)]
    [TestCase("--fail-on error", ExpectedResult = 0)]
    [TestCase("--fail-on never", ExpectedResult = 0)]
    [TestCase("--severity IPT3001=error --fail-on error", ExpectedResult = 1)]
    [TestCase("--severity IPT3001=info", ExpectedResult = 0)]
    [TestCase("--severity IPT3001=off --fail-on info --select IPT3001", ExpectedResult = 0)]
    [TestCase("--severity IPT3001=error --severity shadowed-conflict=info", ExpectedResult = 0)]
    [TestCase("--ignore IPT3001", ExpectedResult = 0)]
    [TestCase("--ignore shadowed-conflict", ExpectedResult = 0)]
    [TestCase("--ignore IPT2,IPT30", ExpectedResult = 0)]
    [TestCase("--select IPT4", ExpectedResult = 0)]
    [TestCase("--select IPT4 --select ipt3001", ExpectedResult = 1)]
    [TestCase("--exit-zero", ExpectedResult = 0)]
    public int A_warning_ends_with(string options) => RulecRun.WithInput(Shadowed, ["lint", .. Words(options)]).ExitCode;

    [TestCase("--fail-on warning", ExpectedResult = 0)]
    [TestCase("--select IPT2001 --fail-on info", ExpectedResult = 0)]
    public int A_clean_dump_ends_with(string options) => RulecRun.WithInput(Clean, ["lint", .. Words(options)]).ExitCode;

    [TestCase("--select IPT9999", "No check 'IPT9999'")]
    [TestCase("--select shadowed-conflct", "No check 'shadowed-conflct'; 'rulec explain' lists all; did you mean 'shadowed-conflict'?")]
    [TestCase("--ignore IPT", "")]
    [TestCase("--severity IPT3001", "'IPT3001' is not of the form ID=SEVERITY")]
    [TestCase("--severity IPT3=info", "'IPT3' is several checks; name one")]
    [TestCase("--severity IPT3001=loud", "'loud' is no severity; there are error, warning, info and off")]
    [TestCase("--diff", "--diff goes with --fix: it shows what that would do")]
    [TestCase("--fix --diff --format json", "--diff has a format of its own; leave --format out")]
    [TestCase("--fix --format json", "--fix prints standard input's new text")]
    [TestCase("--timeout 0", "--timeout takes seconds, more than 0")]
    [TestCase("--timeout 1e300", "--timeout takes seconds, more than 0")]
    [TestCase("--host nonesuch.json", "nonesuch.json: error IPT9002: No such file")]
    [TestCase("--baseline nonesuch.json", "nonesuch.json: error IPT9002: No such file")]
    [TestCase("--profile nonesuch", "No profile 'nonesuch'")]
    [TestCase("- -", "Standard input can be read once")]
    public void What_is_wrong_with_the_command_line_is_told(string options, string message)
    {
        var run = RulecRun.WithInput(Shadowed, ["lint", .. Words(options)]);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(message.Length > 0 ? 2 : 0), run.Errors);
            Assert.That(run.Errors, Does.StartWith(message.Contains(": error", StringComparison.Ordinal) || message.Length == 0 ? message : $"rulec: {message}"));
        });
    }

    [TestCase("", "empty: error IPT9002|(1,1): error IPT1018")]
    [TestCase("\0\u0001\u0002\0\0ELF", "(1,1): error IPT1021")]
    [TestCase("Chain INPUT (policy ACCEPT)\ntarget     prot opt source               destination\n", "(1,1): error IPT1019")]
    public void What_is_no_dump_is_named(string text, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("input", text);

        var run = RulecRun.Of("lint", path);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(message.Split('|').Any(one => run.Errors.Contains(one, StringComparison.Ordinal)), Is.True, run.Errors);
            Assert.That(run.Output, Does.EndWith("1 not linted\n"));
        });
    }

    [Test]
    public void With_several_inputs_what_can_be_linted_is_and_2_wins()
    {
        using var folder = new TemporaryFolder();

        var run = RulecRun.Of(
            "lint", folder.PathOf("missing"), folder.Path, folder.Write("broken", Broken), folder.Write("shadowed", Shadowed), "--exit-zero");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Does.Contain("missing: error IPT9002: No such file\n"));
            Assert.That(run.Errors, Does.Contain(": error IPT9002: Is a directory, not a file\n"));
            Assert.That(run.Errors, Does.Contain("broken(3,13): error IPT2002: "));
            Assert.That(run.Output, Does.Contain("shadowed(4,1): warning IPT3001: "));
            Assert.That(run.Output, Does.EndWith("3 not linted\n"));
        });
    }

    [Test]
    public void A_log_with_a_dump_in_it_keeps_its_line_numbers()
    {
        var run = RulecRun.WithInput($"2024-01-01T00:00:00Z info running iptables-save\n{Shadowed}2024-01-01T00:00:01Z info done\n", "lint");

        Assert.That((run.ExitCode, run.Output.Contains("<stdin>(5,1): warning IPT3001", StringComparison.Ordinal)), Is.EqualTo((1, true)), run.Output);
    }

    [Test]
    public void Commands_that_an_init_container_logged() => Assert.That(
        RulecRun.WithInput(
            """
            iptables -t nat -N ISTIO_REDIRECT
            iptables -t nat -N ISTIO_OUTPUT
            iptables -t nat -A ISTIO_REDIRECT -p tcp -j REDIRECT --to-ports 15001
            iptables -t nat -A OUTPUT -p tcp -j ISTIO_OUTPUT
            iptables -t nat -A ISTIO_OUTPUT -m owner --uid-owner 1337 -d 192.0.2.1 -j RETURN
            iptables -t nat -A ISTIO_OUTPUT -j ISTIO_REDIRECT

            """,
            "lint").Output,
        Does.Contain("error IPT4001"));

    [Test]
    public void Both_families_of_a_host_are_known_for_it()
    {
        using var folder = new TemporaryFolder();
        var v4 = folder.Write("pod.v4", "# Generated by iptables-save v1.8.9\n" + RuleCompiler.Tests.Flows.SidecarDump.Today);
        var v6 = folder.Write("pod.v6", "# Generated by ip6tables-save v1.8.9\n*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n");

        Assert.That(RulecRun.Of("lint", v4, v6).Output, Does.Contain("warning IPT4022"));
    }

    [Test]
    public void Hundreds_of_dumps_are_told_in_their_order_and_with_one_summary()
    {
        using var folder = new TemporaryFolder();
        string[] paths =
        [
            .. Enumerable.Range(0, 200).Select(index => folder.Write(
                string.Create(CultureInfo.InvariantCulture, $"{index}.rules"), index % 3 == 0 ? Shadowed : Clean)),
        ];

        var run = RulecRun.Of(["lint", "--select", "IPT3001", .. paths]);
        var again = RulecRun.Of(["lint", "--select", "IPT3001", .. paths]);

        Assert.Multiple(() =>
        {
            Assert.That(
                run.Output.Split('\n').Where(line => line.Contains("IPT3001:", StringComparison.Ordinal)).Select(line => line[..line.IndexOf('(', StringComparison.Ordinal)]),
                Is.EqualTo(paths.Where((_, index) => index % 3 == 0)));
            Assert.That(run.Output, Does.EndWith("200 files: 67 warnings\n"));
            Assert.That(again, Is.EqualTo(run));
        });
    }

    [Test]
    public void Behind_the_time_limit_it_is_undecided_and_said_so()
    {
        var rules = string.Concat(Enumerable.Range(0, 3000).Select(index => string.Create(
            CultureInfo.InvariantCulture, $"-A INPUT -s 10.{index % 7}.0.0/16 -d 192.0.{index % 250}.0/24 -p tcp -m tcp --dport {index}:{index + 999} -j DROP\n")));

        var run = RulecRun.WithInput($"*filter\n:INPUT ACCEPT [0:0]\n{rules}COMMIT\n", "lint", "--timeout", "0.001");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Does.StartWith("<stdin>(1,1): error IPT9004: Undecided: IPT3001: the time was up\n"));
            Assert.That(run.Output, Does.EndWith(" undecided\n"));
        });
    }

    [Test]
    public void A_dump_may_be_compressed()
    {
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Shadowed));
        }

        Assert.That(RulecRun.Of(packed.ToArray(), ["lint"]).Output, Does.StartWith("<stdin>(4,1): warning IPT3001"));
    }

    [Test]
    public void The_host_s_facts_are_told_with_what_rests_on_them()
    {
        using var folder = new TemporaryFolder();
        var host = folder.Write("host.json", """
            { "interfaces": [{ "name": "eth0", "addresses": ["10.244.1.7/24"] }],
              "routes": [{ "destination": "default", "via": "10.244.1.1", "interface": "eth0" }],
              "processes": [{ "role": "application", "name": "the shop", "uid": 1337, "gid": 1 }] }
            """);

        var run = RulecRun.WithInput(RuleCompiler.Tests.Flows.SidecarDump.Today.ToString(), "lint", "--host", host, "--format", "json");

        using var json = JsonDocument.Parse(run.Output);
        var finding = json.RootElement.GetProperty("findings").EnumerateArray().Single(one => one.GetProperty("id").GetString() == "IPT4012");
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(finding.GetProperty("given")[0].GetString(), Is.EqualTo("the shop runs as uid 1337 gid 1"));
            Assert.That(json.RootElement.GetProperty("host").GetProperty("interfaces").EnumerateArray().Last().GetProperty("name").GetString(), Is.EqualTo("eth0"));
        });
    }

    [Test]
    public void A_host_with_mistakes_ends_it()
    {
        using var folder = new TemporaryFolder();

        var run = RulecRun.WithInput(Clean, "lint", "--host", folder.Write("host.json", "{ \"interfaces\": 7 }"));

        Assert.That((run.ExitCode, run.Errors.Contains("host.json(1,", StringComparison.Ordinal)), Is.EqualTo((2, true)));
    }

    [Test]
    public void Ctrl_C_ends_it_with_130()
    {
        using var folder = new TemporaryFolder();
        var rules = string.Concat(Enumerable.Range(0, 60_000).Select(index => string.Create(
            CultureInfo.InvariantCulture, $"-A INPUT -s 10.{index >> 8 & 255}.{index & 255}.0/24 -d 192.168.{index % 250}.0/24 -p tcp -m tcp --dport {index % 60000 + 1} -j DROP\n")));
        var dump = folder.Write("large", $"*filter\n:INPUT ACCEPT [0:0]\n{rules}COMMIT\n");
        var rulec = Path.Join(AppContext.BaseDirectory, "rulec.dll");
        var result = ProcessResult.OfShell(
            $"set -m; env --default-signal=INT dotnet '{rulec}' lint '{dump}' '{dump}' '{dump}' >/dev/null & sleep 0.7; kill -INT $!; wait $!; echo $?");

        Assert.That(result.Output, Is.EqualTo("130\n"));
    }

    [Test]
    public void A_reader_that_goes_away_ends_it_quietly()
    {
        using var folder = new TemporaryFolder();
        var chains = string.Concat(Enumerable.Range(0, 3000).Select(index => string.Create(CultureInfo.InvariantCulture, $":unused{index} - [0:0]\n")));
        var dump = folder.Write("many", $"*filter\n:INPUT ACCEPT [0:0]\n{chains}COMMIT\n");
        var rulec = Path.Join(AppContext.BaseDirectory, "rulec.dll");
        var result = ProcessResult.OfShell($"dotnet '{rulec}' lint --no-group '{dump}' | head -n 1 >/dev/null; echo ${{PIPESTATUS[0]}}");

        Assert.That(result, Is.EqualTo(new ProcessResult(0, "0\n", "")));
    }

    private static string[] Words(string options) => options.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    [TestCase("")]
    [TestCase("--fix")]
    public void A_fault_while_one_dump_is_read_leaves_the_others(string option)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("dump", Shadowed);
        using var output = new MemoryStream();
        using var errors = new MemoryStream();
        using var faulty = new FaultyStream();

        var exitCode = Rulec.Run(["lint", "-", path, folder.PathOf("nothing"), .. Words(option)], new StandardStreams(faulty, output, errors), CancellationToken.None);

        var told = Encoding.UTF8.GetString(errors.ToArray());
        var all = Encoding.UTF8.GetString(output.ToArray()) + told;
        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(told, Does.Contain("<stdin>: error IPT9001").And.Contain("InvalidOperationException: for the test").And.Contain("nothing: error IPT9002"));
        Assert.That(all, Does.Contain("warning IPT3001").And.Contain("3 files: 1 warning; 2 not linted"));
    }

    [Test]
    public void What_cannot_be_written_is_not_said_to_be_fixed()
    {
        const string redundant = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -i lo -j ACCEPT\n-A INPUT -p udp -j DROP\n-A INPUT -p udp -m udp --dport 9 -j DROP\nCOMMIT\n";
        using var folder = new TemporaryFolder();
        var path = folder.Write(new string('x', 250), redundant); // no room for the name of a temporary file beside it

        var run = RulecRun.Of("lint", "--fix", path);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Does.Contain("error IPT9003: Cannot write: "));
            Assert.That(run.Output, Is.EqualTo("1 file: 1 not linted\n"));
            Assert.That(File.ReadAllText(path), Is.EqualTo(redundant));
        });
    }

    [TestCase("-A INPUT -p udp -m udp --dport 9 -j DROP\n", "1 to fix; --fix without --diff does it; no fix for 1 warning\n")]
    [TestCase("", "nothing to fix; no fix for 1 warning\n")]
    public void A_diff_says_what_no_fix_takes_away(string redundant, string told)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("dump", $"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p udp -j DROP\n{redundant}-A INPUT -p udp -m udp --dport 7 -j ACCEPT\nCOMMIT\n");

        Assert.That(RulecRun.Of("lint", "--select", "IPT3001,IPT3002", "--fix", "--diff", path).Errors, Is.EqualTo(told));
    }

    /// <summary>Fails as nothing that is expected of a file does.</summary>
    private sealed class FaultyStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new InvalidOperationException("for the test");
    }
}
