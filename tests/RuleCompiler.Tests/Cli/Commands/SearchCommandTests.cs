using System.Globalization;
using System.Text.Json;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Commands;

internal sealed class SearchCommandTests
{
    private const string Dump = """
        *nat
        :PREROUTING ACCEPT [0:0]
        -A PREROUTING -p tcp -m tcp --dport 8080 -j REDIRECT --to-ports 80
        COMMIT
        *filter
        :INPUT DROP [0:0]
        -A INPUT -i lo -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT
        -A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 22 -j ACCEPT
        COMMIT

        """;

    [Test]
    public void Text_shows_the_packets_and_who_decides() =>
        Snapshot.Verify(RulecRun.WithInput(Dump, "search", "-", "tcp * -> *:22 in !lo state NEW", "--verdict", "accept").Output);

    [Test]
    public void Text_names_no_hook_where_no_chain_is_met() =>
        Assert.That(RulecRun.WithInput("*filter\nCOMMIT\n", "search", "-", "tcp * -> * in eth0").Output, Does.StartWith("1  accept\n").And.Contains("by      no chain"));

    [Test]
    public void Where_policies_alone_accept_the_last_decides() =>
        Assert.That(
            RulecRun.WithInput("*mangle\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n", "search", "-", "tcp * -> * in eth0 out none")
                .Output.Split('\n').Where(line => line.Contains("by ", StringComparison.Ordinal)).Select(line => line.Trim()),
            Is.EqualTo(["by      policy ACCEPT of filter:INPUT (line 5)"]));

    [TestCase("tcp !10.0.0.0/8 -> *:22 in !lo state NEW out none", "--verdict", "accept", ExpectedResult = 0)]
    [TestCase("tcp * -> *:22 in !lo state NEW out none", "--verdict", "accept", ExpectedResult = 1)]
    [TestCase("tcp * -> *:80 in eth0 out none", "--rewritten", null, ExpectedResult = 0)]
    [TestCase("tcp * -> *:8080 in eth0", "--rewritten", null, ExpectedResult = 1)]
    [TestCase("udp * -> * in eth0", "--hits", "filter:INPUT:2", ExpectedResult = 0)]
    [TestCase("tcp * -> *:8080 in eth0", "--hits", "filter:INPUT:2", ExpectedResult = 1)]
    [TestCase("tcp * -> *:22 in", "--verdict", "accept", ExpectedResult = 2)]
    public int Ends_with(string space, string option, string? value) =>
        RulecRun.WithInput(Dump, ["search", "-", space, option, .. value is null ? Array.Empty<string>() : [value]]).ExitCode;

    [TestCase("accept", ExpectedResult = 1)]
    [TestCase("drop", ExpectedResult = 0)]
    public int Packets_of_a_family_without_rules_meet_none(string verdict) =>
        RulecRun.WithInput("*filter\n:INPUT DROP [0:0]\nCOMMIT\n", "search", "-", "tcp [fd00::1]:* -> *:22 in *", "--verdict", verdict).ExitCode;

    [Test]
    public void A_space_alone_is_searched_in_what_is_piped_in() => Assert.That(
        RulecRun.WithInput(Dump, "search", "tcp * -> *:22 in eth0", "--verdict", "accept"),
        Is.EqualTo(RulecRun.WithInput(Dump, "search", "-", "tcp * -> *:22 in eth0", "--verdict", "accept")));

    [TestCase("search")]
    [TestCase("search rules.v4")]
    public void A_space_is_asked_for(string commandLine) =>
        Assert.That(RulecRun.Of(commandLine.Split(' ')), Is.EqualTo(new RulecRun(2, "", "rulec: No space given: one is \"tcp 10.0.0.0/8 -> *:22 in *\"\n")));

    [Test]
    public void A_space_of_too_many_parts_is_undecided()
    {
        var marks = Enumerable.Range(2, 30).Select(bit => string.Create(CultureInfo.InvariantCulture, $"0x{1u << bit:x}/0x{3u << (bit - 1):x}"));
        var run = RulecRun.WithInput(Dump, "search", "-", $"* * -> * in * ctmark {string.Join(',', marks)}");
        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output, Does.StartWith("undecided: the space falls into too many parts"));
    }

    [Test]
    public void Json_has_the_fields_of_the_contract()
    {
        using var json = JsonDocument.Parse(RulecRun.WithInput(Dump, "search", "-", "tcp * -> *:8080 in eth0", "--rewritten", "--format", "json").Output);
        var region = json.RootElement.GetProperty("regions")[0];
        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("schema").GetString(), Is.EqualTo("rulec.search/1"));
            Assert.That(region.GetProperty("verdict").GetString(), Is.EqualTo("accept"));
            Assert.That(region.GetProperty("table").GetString(), Is.EqualTo("filter"));
            Assert.That(region.GetProperty("rule").GetInt32(), Is.EqualTo(2));
            Assert.That(region.GetProperty("rewrite").GetString(), Does.StartWith("redirect ").And.EndsWith(":80"));
            Assert.That(region.GetProperty("space").GetArrayLength(), Is.Positive);
        });
    }
}
