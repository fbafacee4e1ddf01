using System.Text.Json;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Commands;

internal sealed class CompileCommandTests
{
    private const string Dump = """
        *nat
        :PREROUTING ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        :CAPTURE - [0:0]
        :UNUSED - [0:0]
        -A PREROUTING -i eth+ -p udp -m udp --dport 53 -j CAPTURE
        -A OUTPUT ! -d 127.0.0.1/32 -o lo -m owner --uid-owner 1337 -j CAPTURE
        -A OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
        -A OUTPUT -s 10.0.0.0/8 -p udp -m udp ! --sport 1024:65535 -g CAPTURE
        -A CAPTURE -p tcp -j REDIRECT --to-ports 15001
        -A CAPTURE -d 192.168.0.0/255.255.0.255 -p udp -j REDIRECT --to-ports 15053
        COMMIT
        *filter
        :INPUT DROP [0:0]
        -A INPUT -s 10.1.0.0/16 -j MARK --set-xmark 0x1/0xff
        -A INPUT
        COMMIT

        """;

    private const string WrongDump = """
        *filter
        :INPUT ACCEPT [0:0]
        -A INPUT -j MISSING
        -A INPUT -s 10.0.0.256 -j ACCEPT
        COMMIT

        """;

    [Test]
    public void Tables_are_printed_to_be_read()
    {
        var run = RulecRun.WithInput(Dump, "compile", "-");

        Assert.That(run.ExitCode, Is.Zero);
        Snapshot.Verify(run.Output);
    }

    [Test]
    public void Calls_are_drawn_for_graphviz() =>
        Snapshot.Verify(RulecRun.WithInput(Dump, "compile", "-", "--emit", "dot").Output);

    [Test]
    public void Json_has_the_envelope_and_every_row()
    {
        using var json = JsonDocument.Parse(RulecRun.WithInput(Dump, "compile", "-", "--emit", "json").Output);
        var root = json.RootElement;
        var chains = root.GetProperty("chains").EnumerateArray().ToList();

        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("schema").GetString(), Is.EqualTo("rulec.compile/1"));
            Assert.That(root.GetProperty("rulec").GetString(), Is.EqualTo("1.0.0"));
            Assert.That(root.GetProperty("input")[0].GetProperty("path").GetString(), Is.EqualTo("<stdin>"));
            Assert.That(root.GetProperty("input")[0].GetProperty("family").GetString(), Is.EqualTo("ipv4"));
            Assert.That(root.GetProperty("problems").GetArrayLength(), Is.Zero);
            Assert.That(chains.Sum(chain => chain.GetProperty("rows").GetArrayLength()), Is.EqualTo(8));
            Assert.That(chains[0].GetProperty("rows")[0].GetProperty("line").GetInt32(), Is.EqualTo(6));
        });
    }

    [Test]
    public void Json_names_the_sets_that_rules_ask()
    {
        const string Rules = "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m set --match-set blocked src,dst -j DROP\nCOMMIT\n";
        using var json = JsonDocument.Parse(RulecRun.WithInput(Rules, "compile", "-", "--emit", "json").Output);
        var set = json.RootElement.GetProperty("sets").EnumerateArray().Single();

        Assert.Multiple(() =>
        {
            Assert.That(set.GetProperty("name").GetString(), Is.EqualTo("blocked"));
            Assert.That(set.GetProperty("dimensions").GetInt32(), Is.EqualTo(2));
            Assert.That(set.GetProperty("rule").GetString(), Is.EqualTo("filter:INPUT:1"));
            Assert.That(set.GetProperty("line").GetInt32(), Is.EqualTo(3));
        });
    }

    [Test]
    public void A_wrong_dump_gives_all_its_problems_and_no_result()
    {
        var run = RulecRun.WithInput(WrongDump, "compile", "-", "--emit", "json");
        using var json = JsonDocument.Parse(run.Output);

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(json.RootElement.GetProperty("problems").GetArrayLength(), Is.EqualTo(2));
            Assert.That(json.RootElement.TryGetProperty("chains", out _), Is.False);
            Assert.That(run.Errors, Does.Contain("<stdin>(3,13): error IPT2"));
            Assert.That(run.Errors, Does.Contain("<stdin>(4,13): error IPT2014: "));
        });
    }

    [Test]
    public void A_terminal_shows_the_source_line_and_carets()
    {
        var run = RulecRun.Of(System.Text.Encoding.UTF8.GetBytes(WrongDump), ["compile", "-", "--color", "never"], isTerminal: true);

        Assert.That(run.Errors, Does.Contain("""
                3 | -A INPUT -j MISSING
                  |             ^^^^^^^
            """));
    }

    [TestCase("always", true)]
    [TestCase("never", false)]
    [TestCase("auto", false)]
    public void Colour_is_for_terminals_or_as_asked(string color, bool isColoured) =>
        Assert.That(RulecRun.WithInput(Dump, "compile", "-", "--color", color).Output.Contains('\u001b'), Is.EqualTo(isColoured));

    [Test]
    public void The_summary_counts_and_q_leaves_it_out()
    {
        Assert.Multiple(() =>
        {
            Assert.That(
                RulecRun.WithInput(Dump, "compile").Errors,
                Does.Match(@"^<stdin>: 2 tables, 5 chains, 8 rules, 8 rows, \d+ predicates, \d+ bytes, \d+\.\d\d s\n$"));
            Assert.That(RulecRun.WithInput(Dump, "compile", "-q").Errors, Is.Empty);
        });
    }

    [Test]
    public void Stages_are_logged_with_v() =>
        Assert.That(RulecRun.WithInput(Dump, "compile", "-v").Errors, Does.Contain("rulec: info: <stdin>: parse: "));

    [Test]
    public void Output_takes_the_place_of_an_older_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("tables.txt", "older");

        var run = RulecRun.WithInput(Dump, "compile", "-", "-o", path);

        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Is.Empty);
            Assert.That(File.ReadAllText(path), Is.EqualTo(RulecRun.WithInput(Dump, "compile").Output));
            Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void A_failed_run_leaves_an_older_output_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("tables.txt", "older");

        RulecRun.WithInput(WrongDump, "compile", "-", "-o", path);

        Assert.Multiple(() =>
        {
            Assert.That(File.ReadAllText(path), Is.EqualTo("older"));
            Assert.That(Directory.GetFiles(folder.Path), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void Output_that_cannot_be_written_is_an_error()
    {
        var run = RulecRun.WithInput(Dump, "compile", "-", "-o", "no/such/folder/x");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Errors, Does.StartWith("no/such/folder/x: error IPT9003: Cannot write: "));
        });
    }
}
