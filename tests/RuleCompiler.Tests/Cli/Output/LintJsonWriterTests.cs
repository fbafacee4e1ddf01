using System.Text.Json;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Output;

internal sealed class LintJsonWriterTests
{
    private const string Dump = """
        *filter
        :INPUT ACCEPT [0:0]
        :unused - [0:0]
        -A INPUT -p tcp -j DROP
        -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
        COMMIT

        """;

    [Test]
    public void The_fields_of_a_finding()
    {
        using var json = JsonDocument.Parse(RulecRun.WithInput(Dump, "lint", "--format", "json").Output);
        var finding = json.RootElement.GetProperty("findings").EnumerateArray().Single(one => Text(one, "id") == "IPT3001");
        var because = finding.GetProperty("because")[0];

        Assert.Multiple(() =>
        {
            Assert.That(Text(json.RootElement, "schema"), Is.EqualTo("rulec.lint/1"));
            Assert.That(Text(json.RootElement.GetProperty("input")[0], "path"), Is.EqualTo("<stdin>"));
            Assert.That((Text(finding, "severity"), Text(finding, "path"), Text(finding, "table"), Text(finding, "chain")), Is.EqualTo(("warning", "<stdin>", "filter", "INPUT")));
            Assert.That((Number(finding, "rule"), Number(finding, "line"), Number(finding, "column")), Is.EqualTo((2, 5, 1)));
            Assert.That((Number(finding, "endLine"), Number(finding, "endColumn")), Is.EqualTo((5, 44)));
            Assert.That((Text(because, "path"), Number(because, "line"), Number(because, "rule")), Is.EqualTo(("<stdin>", 4, 1)));
            Assert.That((Text(because, "table"), Text(because, "chain")), Is.EqualTo(("filter", "INPUT")));
            Assert.That(Text(finding, "fingerprint"), Does.Match("^[0-9a-f]{16}$"));
            Assert.That(json.RootElement.GetProperty("problems").GetArrayLength(), Is.Zero);
        });
    }

    [Test]
    public void The_summary_counts_by_severity()
    {
        using var json = JsonDocument.Parse(RulecRun.WithInput(Dump, "lint", "--format", "json", "--select", "IPT3001,IPT3012").Output);
        var summary = json.RootElement.GetProperty("summary");

        Assert.That((Number(summary, "error"), Number(summary, "warning"), Number(summary, "info")), Is.EqualTo((0, 1, 1)));
    }

    [Test]
    public void A_fix_is_told_as_edits()
    {
        using var json = JsonDocument.Parse(RulecRun.WithInput(Dump, "lint", "--format", "json").Output);
        var fix = json.RootElement.GetProperty("findings").EnumerateArray().Single(one => Text(one, "id") == "IPT3012").GetProperty("fix");
        var edit = fix.GetProperty("edits")[0];

        Assert.Multiple(() =>
        {
            Assert.That(fix.GetProperty("keepsBehaviour").GetBoolean(), Is.True);
            Assert.That((Number(edit, "line"), Number(edit, "column"), Number(edit, "endLine"), Number(edit, "endColumn")), Is.EqualTo((3, 1, 4, 1)));
            Assert.That(Text(edit, "newText"), Is.Empty);
        });
    }

    [Test]
    public void Ndjson_has_the_envelope_then_a_line_for_each_finding()
    {
        var lines = RulecRun.WithInput(Dump, "lint", "--format", "ndjson").Output.TrimEnd('\n').Split('\n');
        using var json = JsonDocument.Parse(RulecRun.WithInput(Dump, "lint", "--format", "json").Output);
        var compact = json.RootElement.GetProperty("findings").EnumerateArray().Select(finding => JsonSerializer.Serialize(finding));

        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Does.StartWith("{\"schema\":\"rulec.lint/1\"").And.Contain("\"summary\":{").And.Not.Contain("\"findings\""));
            Assert.That(
                lines[1..].Select(line =>
                {
                    using var finding = JsonDocument.Parse(line);
                    return JsonSerializer.Serialize(finding.RootElement);
                }),
                Is.EqualTo(compact));
        });
    }

    [Test]
    public void A_dump_with_errors_is_told_by_them()
    {
        using var json = JsonDocument.Parse(RulecRun.WithInput("*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j GONE\nCOMMIT\n", "lint", "--format", "json").Output);

        Assert.Multiple(() =>
        {
            Assert.That(json.RootElement.GetProperty("problems").EnumerateArray().Select(one => Text(one, "id")), Is.EqualTo(["IPT2002"]));
            Assert.That(json.RootElement.GetProperty("findings").EnumerateArray().Select(one => Text(one, "id")), Is.EqualTo(["IPT2002"]));
            Assert.That(Number(json.RootElement.GetProperty("summary"), "error"), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_file_that_cannot_be_read_is_a_problem_without_a_place()
    {
        using var json = JsonDocument.Parse(RulecRun.Of("lint", "nonesuch", "--format", "json").Output);
        var problem = json.RootElement.GetProperty("problems")[0];

        Assert.That((Text(problem, "id"), problem.TryGetProperty("line", out _)), Is.EqualTo(("IPT9002", false)));
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    private static int Number(JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
