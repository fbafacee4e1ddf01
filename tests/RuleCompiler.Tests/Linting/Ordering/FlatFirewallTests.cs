using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Linting;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting.Ordering;

/// <summary>Large firewalls with planted defects: all of them are found, and nothing else.</summary>
internal sealed class FlatFirewallTests
{
    /// <summary>The checks that say a rule is not needed.</summary>
    private static readonly string[] Checks = ["IPT3001", "IPT3002", "IPT3003", "IPT3004", "IPT3005", "IPT3011"];

    [TestCase(1_000)]
    [TestCase(10_000)]
    public void Planted_defects_are_found_and_nothing_else(int rules)
    {
        var (dump, key) = Generate(rules);
        var result = Linter.Run(Compilation.Create(SyntaxTree.Parse(SourceText.From(dump))), new LintOptions { Selected = [.. Checks] });
        var found = result.Findings.Select(finding => (finding.Location.Start.Line, finding.Id)).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(result.Undecided, Is.Empty);
            Assert.That(key.Where(defect => !found.Exists(one => one.Line == defect.Line && IsRight(defect.Kind, one.Id))), Is.Empty);
            Assert.That(found.Select(one => one.Line).Except(key.SelectMany(LinesOf)), Is.Empty);
        });
    }

    private static bool IsRight(string kind, string id) => kind switch
    {
        "shadowed" => id == "IPT3001",
        "shadowed-by-union" => id is "IPT3001" or "IPT3002",
        "duplicate" => id == "IPT3011",
        "covered-same-action" => id == "IPT3002",
        "redundant" or "redundant-with-policy" => id == "IPT3005",
        "never-matches" => id == "IPT3004",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The rules that may be found: of two that say the same each could go.</summary>
    private static IEnumerable<int> LinesOf(Defect defect) =>
        defect.Kind == "duplicate" ? [defect.Line, .. defect.Because] : [defect.Line];

    private static (byte[] Dump, List<Defect> Key) Generate(int rules)
    {
        var script = SharedData.Require("perf/flat_firewall.py");
        var folder = Directory.CreateTempSubdirectory("rulec-flat");
        try
        {
            string dump = Path.Combine(folder.FullName, "dump"), key = Path.Combine(folder.FullName, "key");
            ProcessResult.Of(new ProcessStartInfo(
                "python3", [script, "--rules", rules.ToString(CultureInfo.InvariantCulture), "-o", dump, "--key", key]));
            using var json = JsonDocument.Parse(File.ReadAllBytes(key));
            // One that overlaps another is needed.
            return (File.ReadAllBytes(dump), [.. json.RootElement.EnumerateArray().Select(Read).Where(defect => defect.Kind != "overlapping")]);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Defect Read(JsonElement defect) => new(
        defect.GetProperty("kind").GetString() ?? "",
        defect.GetProperty("line").GetInt32(),
        [.. defect.GetProperty("because").EnumerateArray().Select(line => line.GetInt32())]);

    private sealed record Defect(string Kind, int Line, int[] Because);
}
