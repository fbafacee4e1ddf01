using System.Text.Json;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Commands;

internal sealed class TraceCommandTests
{
    private const string Packet = "tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 gid 1000";

    private const string Dump = """
        *nat
        :OUTPUT ACCEPT [0:0]
        :CAPTURE - [0:0]
        -A OUTPUT -p tcp -j CAPTURE
        -A CAPTURE ! -d 10.0.0.0/8 -o eth0 -m owner --uid-owner 1337 -j RETURN
        -A CAPTURE -o lo -m owner ! --uid-owner 1337 -j RETURN
        -A CAPTURE -s 10.8.0.0/16 -p tcp -j RETURN
        -A CAPTURE -p tcp -m limit --limit 5/min -j REDIRECT --to-ports 15001
        -A CAPTURE -s 10.9.0.0/16 -j RETURN
        COMMIT

        """;

    [Test]
    public void Text_shows_the_inferred_host_each_outcome_and_the_answers() => Snapshot.Verify(
        RulecRun.WithInput(Dump, "trace", "-", Packet, "--why", "nat:CAPTURE:2", "--why", "nat:CAPTURE:4").Output);

    [Test]
    public void The_dump_may_be_piped_in_without_a_dash() => Assert.That(
        RulecRun.WithInput(Dump, "trace", Packet).Output,
        Is.EqualTo(RulecRun.WithInput(Dump, "trace", "-", "--packet", Packet).Output));

    [Test]
    public void Json_has_the_fields_of_the_contract()
    {
        using var json = JsonDocument.Parse(RulecRun.WithInput(
            Dump, "trace", "-", Packet, "--format", "json", "--assume", "limit at nat:CAPTURE:4 matches").Output);
        var trace = json.RootElement.GetProperty("packets")[0];
        var step = trace.GetProperty("steps")[0];

        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("schema").GetString(), Is.EqualTo("rulec.trace/1"));
            Assert.That(json.RootElement.GetProperty("host").GetProperty("inferred").GetBoolean(), Is.True);
            Assert.That(json.RootElement.GetProperty("packets").GetArrayLength(), Is.EqualTo(1));
            Assert.That(trace.GetProperty("packet").GetString(), Is.EqualTo(Packet));
            Assert.That(step.GetRawText(), Does.Contain("\"hook\": \"OUTPUT\"").And.Contain("\"line\": 4"));
            Assert.That(trace.GetProperty("rewrites")[0].GetProperty("destination").GetString(), Is.EqualTo("127.0.0.1:15001"));
            Assert.That(trace.GetProperty("verdict").GetString(), Is.EqualTo("accept"));
            Assert.That(trace.GetProperty("delivery").GetProperty("to").GetString(), Is.EqualTo("local"));
            Assert.That(trace.GetProperty("assumptions")[0].GetString(), Is.EqualTo("limit at nat:CAPTURE:4 matches"));
        });
    }

    [TestCase(":OUTPUT ACCEPT [0:0]", ExpectedResult = 1)]
    [TestCase("", ExpectedResult = 0)]
    public int Json_tells_policies_of_the_chains_that_the_dump_declares(string declaration)
    {
        var run = RulecRun.WithInput($"*filter\n{declaration}\n-A OUTPUT -p udp -j DROP\nCOMMIT\n", "trace", "-", Packet, "--format", "json");
        using var json = JsonDocument.Parse(run.Output);
        return json.RootElement.GetProperty("packets")[0].GetProperty("steps").EnumerateArray()
            .Count(step => step.GetProperty("action").GetString() == "policy");
    }

    [Test]
    public void Ndjson_is_a_header_and_a_line_for_each_outcome()
    {
        var lines = RulecRun.WithInput(Dump, "trace", "-", Packet, Packet, "--format", "ndjson").Output.TrimEnd('\n').Split('\n');

        Assert.Multiple(() =>
        {
            Assert.That(lines, Has.Length.EqualTo(5));
            Assert.That(lines[0], Does.StartWith("{\"schema\":\"rulec.trace/1\"").And.Not.Contain("packets"));
            Assert.That(lines[1..], Has.All.StartsWith($"{{\"packet\":\"{Packet}\""));
        });
    }

    [Test]
    public void All_names_the_option_that_failed_and_where()
    {
        using var json = JsonDocument.Parse(RulecRun.WithInput(Dump, "trace", "-", Packet, "--all", "--format", "json").Output);
        var failed = json.RootElement.GetProperty("packets")[0].GetProperty("steps").EnumerateArray()
            .Where(step => step.TryGetProperty("failed", out _))
            .Select(step => step.GetProperty("failed"))
            .Select(f => $"{f.GetProperty("line")},{f.GetProperty("column")} {f.GetProperty("option")}: {f.GetProperty("because")}");

        Assert.That(failed, Is.EqualTo(new[]
        {
            "5,14 ! -d 10.0.0.0/8: destination is 10.0.0.9",
            "6,12 -o lo: it leaves by eth0",
            "7,12 -s 10.8.0.0/16: source is 10.244.1.7",
        }));
    }

    [Test]
    public void A_packet_of_a_family_without_rules_meets_none()
    {
        var run = RulecRun.WithInput(Dump, "trace", "-", "udp [fd00::7]:5353 -> [fd00::9]:53 in eth0");

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.Zero);
            Assert.That(run.Output, Does.Contain("meets no rule"));
            Assert.That(run.Errors, Is.EqualTo("<stdin>: no ipv6 rules: ipv6 packets meet none\n"));
        });
    }

    [TestCase("trace - --packet", "rulec: ")]
    [TestCase("trace -", "rulec: No packet given")]
    [TestCase("trace - nonsense", "<packet>(1,")]
    [TestCase("trace - tcp --why nat:OUTPUT", "rulec: 'nat:OUTPUT' names no rule")]
    public void What_cannot_be_traced_ends_with_2(string commandLine, string errors)
    {
        var run = RulecRun.WithInput(Dump, commandLine.Split(' '));

        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Output, Is.Empty);
            Assert.That(run.Errors, Does.StartWith(errors));
        });
    }

    [TestCase("--why", "nat:OUTPUT:2", "rulec: The dump has no rule nat:OUTPUT:2: the last of that chain is 1\n")]
    [TestCase("--why", "nat:NONE:1", "rulec: The dump has no rule nat:NONE:1: table 'nat' has no chain 'NONE'\n")]
    [TestCase("--why", "nat:OUTPT:1", "rulec: The dump has no rule nat:OUTPT:1: table 'nat' has no chain 'OUTPT'; did you mean 'OUTPUT'?\n")]
    [TestCase("--assume", "it rains", "rulec: 'it rains' is no assumption; one reads \"limit at filter:INPUT:4 matches\" or \"... does not match\"\n")]
    [TestCase("--host", "no/such/host.json", "no/such/host.json: error IPT9002: No such file\n")]
    public void What_the_options_name_must_be_there(string option, string value, string errors)
    {
        var run = RulecRun.WithInput(Dump, "trace", "-", Packet, option, value);

        Assert.That((run.ExitCode, run.Output, run.Errors), Is.EqualTo((2, "", errors)));
    }

    [TestCase("limit at nat:OUTPUT:1 matches", "No packet came to that rule, or it has no such unknown")]
    [TestCase("limit at nat:OUTPUT:7 matches", "The dump has no rule nat:OUTPUT:7: the last of that chain is 1")]
    [TestCase("limit at nat:CAPTURE:4 (-m limit --limit 9/sec -j RETURN) matches", "That rule reads otherwise")]
    public void An_assumption_that_nothing_asks_for_is_told(string assumption, string reason)
    {
        var run = RulecRun.WithInput(Dump, "trace", "-", Packet, "--assume", assumption);

        Assert.That(run.ExitCode, Is.Zero);
        Assert.That(run.Errors, Does.Contain($"warning: '{assumption}' was not asked for. {reason}\n"));
    }
}
