using System.Text.Json;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Commands;

internal sealed class DiffCommandTests
{
    private const string Old = """
        *filter
        :INPUT DROP [0:0]
        :web - [0:0]
        -A INPUT -i lo -j ACCEPT
        -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A INPUT -p tcp -j web
        -A web -p tcp -m tcp --dport 22 -s 10.0.0.0/8 -j ACCEPT
        -A web -p tcp -m multiport --dports 80,443 -j ACCEPT
        COMMIT

        """;

    private const string Flat = """
        *filter
        :INPUT DROP [0:0]
        -A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
        -A INPUT -i lo -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 443 -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 80 -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 22 -s 10.0.0.0/9 -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 22 -s 10.128.0.0/9 -j ACCEPT
        COMMIT

        """;

    private static readonly string Open = Flat.Replace("-s 10.0.0.0/9 ", "", StringComparison.Ordinal);

    [Test]
    public void Refactored_rules_are_proven_equivalent()
    {
        var run = Run(Old, Flat);
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((0, "equivalent: no packet is treated otherwise\n")), run.Errors);
    }

    [Test]
    public void Text_shows_both_rules_and_a_packet() => Snapshot.Verify(Run(Old, Open).Output);

    [Test]
    public void Markdown_for_a_pull_request() => Snapshot.Verify(Named(Run(Old, Open, "--format", "markdown").Output));

    [Test]
    public void Json_has_the_fields_of_the_contract()
    {
        var run = Run(Old, Open, "--format", "json");
        using var json = JsonDocument.Parse(run.Output);
        var root = json.RootElement;
        var region = root.GetProperty("regions")[0];
        Assert.Multiple(() =>
        {
            Assert.That(run.ExitCode, Is.EqualTo(1));
            Assert.That(root.GetProperty("schema").GetString(), Is.EqualTo("rulec.diff/1"));
            Assert.That(root.GetProperty("equivalent").GetBoolean(), Is.False);
            Assert.That(region.GetProperty("hook").GetString(), Is.EqualTo("INPUT"));
            Assert.That(region.GetProperty("count").GetString(), Does.Match("^[0-9]+$"));
            Assert.That(region.GetProperty("old").GetProperty("verdict").GetString(), Is.EqualTo("drop"));
            Assert.That(region.GetProperty("old").TryGetProperty("rule", out _), Is.False);
            Assert.That(region.GetProperty("old").GetProperty("line").GetInt32(), Is.EqualTo(2));
            Assert.That(region.GetProperty("new").GetProperty("rule").GetInt32(), Is.EqualTo(5));
            Assert.That(region.GetProperty("space")[0].GetString(), Is.EqualTo("tcp !10.0.0.0/8 -> *:22 in !lo out none state !RELATED,ESTABLISHED"));
        });
    }

    [TestCase("", "", ExpectedResult = 0)]
    [TestCase("--strict", "", ExpectedResult = 1)]
    [TestCase("", "--exit-zero", ExpectedResult = 0)]
    public int Logs_count_where_asked(string first, string second) =>
        Run(Old, Old.Replace("-A INPUT -p tcp -j web", "-A INPUT -j LOG\n-A INPUT -p tcp -j web", StringComparison.Ordinal), [.. new[] { first, second }.Where(word => word.Length > 0)]).ExitCode;

    /// <remarks>The first rule asks for one set in the old dump and for another in the new one.</remarks>
    [Test]
    public void What_is_assumed_of_a_witness_settles_both_traces()
    {
        using var folder = new TemporaryFolder();
        var (old, other) = (folder.Write("old.rules", Rules("one", "two")), folder.Write("new.rules", Rules("two", "three")));
        using var json = JsonDocument.Parse(RulecRun.Of("diff", old, other, "--format", "json").Output);
        var regions = json.RootElement.GetProperty("regions").EnumerateArray().ToList();
        Assert.That(regions, Is.Not.Empty);
        foreach (var region in regions)
        {
            var assumed = region.GetProperty("assumptions").EnumerateArray().SelectMany(text => (string[])["--assume", text.GetString() ?? ""]);
            foreach (var (side, file) in ((string, string)[])[("old", old), ("new", other)])
            {
                using var trace = JsonDocument.Parse(
                    RulecRun.Of(["trace", file, region.GetProperty("witness").GetString() ?? "", "--format", "json", .. assumed]).Output);
                Assert.That(
                    trace.RootElement.GetProperty("packets").EnumerateArray().Select(packet => packet.GetProperty("verdict").GetString()),
                    Is.All.EqualTo(region.GetProperty(side).GetProperty("verdict").GetString()), region.ToString());
            }
        }

        static string Rules(string first, string second) =>
            $"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -m set --match-set {first} src -j DROP\n-A INPUT -m set --match-set {second} src -j REJECT\nCOMMIT\n";
    }

    [Test]
    public void Policies_that_accept_are_named_where_the_other_dump_decides()
    {
        const string Open = "*mangle\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n*nat\n:INPUT ACCEPT [0:0]\nCOMMIT\n";
        var closed = Open.Replace("[0:0]\nCOMMIT\n*nat", "[0:0]\n-A INPUT -p sctp -j DROP\nCOMMIT\n*nat", StringComparison.Ordinal);
        foreach (var (old, other, side) in new[] { (Open, closed, "old"), (closed, Open, "new") })
        {
            using var json = JsonDocument.Parse(Run(old, other, "--format", "json").Output);
            var region = json.RootElement.GetProperty("regions")[0];
            var policy = region.GetProperty(side);
            Assert.That(
                (region.GetProperty("hook").GetString(), policy.GetProperty("table").GetString(), policy.GetProperty("line").GetInt32()),
                Is.EqualTo(("INPUT", "filter", 5)));
        }
    }

    [Test]
    public void A_host_of_both_sides_is_read_once()
    {
        using var folder = new TemporaryFolder();
        var run = Run(Old, Old, "--host", folder.Write("host.json", """{"interfaces": [{"name": "lo", "color": 1}]}"""));
        Assert.That(run.Errors.Split('\n').Count(line => line.Contains("'color'", StringComparison.Ordinal)), Is.EqualTo(1), run.Errors);
    }

    [Test]
    public void A_limit_ends_in_unknown()
    {
        var run = Run(Old, Flat.Replace("--dport 80", "--dport 81", StringComparison.Ordinal), "--max-regions", "1", "--format", "json");
        using var json = JsonDocument.Parse(run.Output);
        Assert.That((run.ExitCode, json.RootElement.GetProperty("equivalent").GetString()), Is.EqualTo((2, "unknown")));
    }

    [Test]
    public void A_limit_rule_of_the_same_text_and_packets_does_the_same()
    {
        const string Limited = "*filter\n:INPUT DROP [0:0]\n:a - [0:0]\n-A INPUT -p tcp -j a\n-A a -m limit --limit 1/sec -j ACCEPT\nCOMMIT\n";
        Assert.That(Run(Limited, "*filter\n:INPUT DROP [0:0]\n-A INPUT -p tcp -m limit --limit 1/sec -j ACCEPT\nCOMMIT\n").ExitCode, Is.EqualTo(1));
        Assert.That(Run(Limited, Limited.Replace(":a ", ":b ", StringComparison.Ordinal).Replace("-j a", "-j b", StringComparison.Ordinal).Replace("-A a", "-A b", StringComparison.Ordinal)).ExitCode, Is.EqualTo(0));
        Assert.That(Run(Limited, Limited.Replace("-p tcp -j", "-p udp -j", StringComparison.Ordinal)).ExitCode, Is.EqualTo(1));
    }

    private static RulecRun Run(string old, string other, params string[] more)
    {
        using var folder = new TemporaryFolder();
        return RulecRun.Of(["diff", folder.Write("old.rules", old), folder.Write("new.rules", other), .. more]);
    }

    /// <summary>Without the folder, which has another name on each run.</summary>
    private static string Named(string output) => string.Join('\n', output.Split('\n').Select(line => line.StartsWith("## ", StringComparison.Ordinal) ? "## old.rules -> new.rules" : line));
}
