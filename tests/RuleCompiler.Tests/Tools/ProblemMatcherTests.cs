using System.Text.Json;
using System.Text.RegularExpressions;
using NUnit.Framework;
using RuleCompiler.Tests.Cli;

namespace RuleCompiler.Tests.Tools;

/// <summary>The problem matcher for GitHub Actions reads what the tool really prints.</summary>
internal sealed class ProblemMatcherTests
{
    [Test]
    public void A_problem_of_a_dump()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("pod (1).rules", "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j NOWHERE\nCOMMIT\n");
        var line = RulecRun.Of("compile", "-q", path).Errors.Split('\n')[0];

        Assert.That(Match("rulec", line), Is.EqualTo($"file={path} line=3 column=13 severity=error code=IPT2002 message=Table 'filter' declares no chain 'NOWHERE'"));
    }

    [Test]
    public void A_file_that_is_not_there()
    {
        using var folder = new TemporaryFolder();
        var path = folder.PathOf("none.rules");
        var line = RulecRun.Of("compile", path).Errors.Split('\n')[0];

        Assert.That(Match("rulec", line), Is.EqualTo($"file={path} line= column= severity=error code=IPT9002 message=No such file"));
    }

    [Test]
    public void A_finding()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("pod.rules", "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\n-A INPUT -p tcp -m tcp --dport 22 -j DROP\nCOMMIT\n");
        var lines = RulecRun.Of("lint", path).Output.Split('\n').Select(line => Match("rulec", line)).OfType<string>();

        Assert.That(lines, Has.Some.StartsWith($"file={path} line=3 column=1 severity=warning code=IPT3018 message="));
    }

    [Test]
    public void A_scenario_that_failed()
    {
        using var folder = new TemporaryFolder();
        folder.Write("pod.rules", "*filter\n:OUTPUT ACCEPT [0:0]\nCOMMIT\n");
        var path = folder.Write("pod.flows", "dump \"pod.rules\"\nscenario \"cut off\"\n  packet tcp 10.0.0.1:1 -> 10.0.0.2:1\n  expect verdict drop\n");
        var lines = RulecRun.Of("test", path).Output.Split('\n').Select(line => Match("rulec-test", line)).OfType<string>();

        Assert.That(lines, Is.EqualTo(new[] { $"file={path} line=4 column=10 message=expected verdict drop" }));
    }

    /// <summary>What a matcher reads from a line, as it names it; null where the line is none of its.</summary>
    private static string? Match(string owner, string line)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tools/rulec-matcher.json")));
        var pattern = json.RootElement.GetProperty("problemMatcher").EnumerateArray()
            .Single(matcher => matcher.GetProperty("owner").GetString() == owner).GetProperty("pattern")[0];
        var match = Regex.Match(line, pattern.GetProperty("regexp").GetString() ?? "");
        return match.Success
            ? string.Join(' ', pattern.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Number)
                .Select(p => $"{p.Name}={match.Groups[p.Value.GetInt32()].Value}"))
            : null;
    }
}
