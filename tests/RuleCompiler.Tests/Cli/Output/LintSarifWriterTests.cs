using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Tests.Flows;

namespace RuleCompiler.Tests.Cli.Output;

internal sealed class LintSarifWriterTests
{
    private const string Dump = """
        *filter
        :INPUT ACCEPT [0:0]
        :unused - [0:0]
        -A INPUT -p tcp -j DROP
        -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
        -A INPUT -p tcp -m tcp --dport 23 -m comment --comment "rulec:ignore IPT3002" -j DROP
        COMMIT

        """;

    [Test]
    public void It_is_valid_whatever_was_linted()
    {
        using var folder = new TemporaryFolder();
        var run = RulecRun.Of(
            "lint",
            "--format",
            "sarif",
            folder.Write("a dump%.rules", Dump),
            folder.Write("sidecar", SidecarDump.Today.Without(4, 7).ToString()),
            folder.Write("broken", "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j GONE\n-A INPUT -m nonesuch -j DROP\nCOMMIT\n"),
            folder.PathOf("missing"));
        using var sarif = JsonDocument.Parse(run.Output);

        Assert.Multiple(() =>
        {
            Assert.That(SarifSchema.Violations(sarif.RootElement), Is.Empty);
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(Run(sarif).GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean(), Is.False);
            Assert.That(Results(sarif).Select(Id), Does.Contain("IPT2002"));
        });
    }

    [Test]
    public void What_breaks_a_constraint_is_seen()
    {
        using var broken = JsonDocument.Parse("""
            { "version": "2.1", "runs": [{ "tool": { "driver": {} }, "results": [{ "message": {}, "extra": 1, "locations": [{ "physicalLocation": { "region": { "startLine": 0 } } }] }] }] }
            """);

        Assert.That(SarifSchema.Violations(broken.RootElement).ToArray(), Has.Length.EqualTo(5));
    }

    [Test]
    public void A_result_has_its_rule_place_causes_and_fingerprint()
    {
        using var sarif = JsonDocument.Parse(RulecRun.WithInput(Dump, "lint", "--format", "sarif").Output);
        var rules = Run(sarif).GetProperty("tool").GetProperty("driver").GetProperty("rules");
        var result = Results(sarif).Single(one => Id(one) == "IPT3001");
        var location = result.GetProperty("locations")[0];

        Assert.Multiple(() =>
        {
            Assert.That(Results(sarif).Select(one => rules[one.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()), Is.EqualTo(Results(sarif).Select(Id)));
            Assert.That(result.GetProperty("level").GetString(), Is.EqualTo("warning"));
            Assert.That(location.GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32(), Is.EqualTo(5));
            Assert.That(location.GetProperty("logicalLocations")[0].GetProperty("fullyQualifiedName").GetString(), Is.EqualTo("filter:INPUT:2"));
            Assert.That(
                result.GetProperty("relatedLocations")[0].GetProperty("physicalLocation").GetProperty("region").GetProperty("startLine").GetInt32(),
                Is.EqualTo(4));
            Assert.That(result.GetProperty("partialFingerprints").GetProperty("rulecFinding/v1").GetString(), Has.Length.EqualTo(16));
        });
    }

    [Test]
    public void Fingerprints_do_not_hang_on_line_numbers()
    {
        var moved = Dump.Replace("-A INPUT -p tcp -j DROP", "# moved\n\n-A INPUT -s 192.0.2.1/32 -p udp -j ACCEPT\n-A INPUT -p tcp -j DROP", StringComparison.Ordinal);

        Assert.That(Fingerprint(moved), Is.EqualTo(Fingerprint(Dump)));

        static string? Fingerprint(string dump)
        {
            using var sarif = JsonDocument.Parse(RulecRun.WithInput(dump, "lint", "--format", "sarif").Output);
            return Results(sarif).Single(one => Id(one) == "IPT3001").GetProperty("partialFingerprints").GetProperty("rulecFinding/v1").GetString();
        }
    }

    [Test]
    public void A_fix_says_which_lines_go()
    {
        using var sarif = JsonDocument.Parse(RulecRun.WithInput(Dump, "lint", "--format", "sarif").Output);
        var fix = Results(sarif).Single(one => Id(one) == "IPT3012").GetProperty("fixes")[0];
        var region = fix.GetProperty("artifactChanges")[0].GetProperty("replacements")[0].GetProperty("deletedRegion");

        Assert.That(
            (region.GetProperty("startLine").GetInt32(), region.GetProperty("startColumn").GetInt32(), region.GetProperty("endLine").GetInt32()),
            Is.EqualTo((3, 1, 4)));
    }

    [Test]
    public void A_suppressed_finding_is_marked_and_all_others_have_an_empty_list()
    {
        using var sarif = JsonDocument.Parse(RulecRun.WithInput(Dump, "lint", "--format", "sarif").Output);

        Assert.That(
            Results(sarif).Select(one => (Id(one) == "IPT3002", one.GetProperty("suppressions").EnumerateArray().Select(s => s.GetProperty("kind").GetString()).SingleOrDefault())),
            Is.EquivalentTo(Results(sarif).Select(one => Id(one) == "IPT3002" ? (true, "inSource") : (false, (string?)null))));
    }

    [TestCase("a b/c#d?.rules", "a%20b/c%23d%3F.rules")]
    [TestCase("/var/log/x", "file:///var/log/x")]
    [TestCase("ünï", "%C3%BCn%C3%AF")]
    public void A_path_is_a_URI_and_back(string path, string uri)
    {
        Assert.Multiple(() =>
        {
            Assert.That(RuleCompiler.Cli.Output.SarifUri.Of(path), Is.EqualTo(uri));
            Assert.That(RuleCompiler.Cli.Output.SarifUri.ToPath(uri), Is.EqualTo(path));
        });
    }

    private static JsonElement Run(JsonDocument sarif) => sarif.RootElement.GetProperty("runs")[0];

    private static IEnumerable<JsonElement> Results(JsonDocument sarif) => Run(sarif).GetProperty("results").EnumerateArray();

    private static string? Id(JsonElement result) => result.GetProperty("ruleId").GetString();
}
