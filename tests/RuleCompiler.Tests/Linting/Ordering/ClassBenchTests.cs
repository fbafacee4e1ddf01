using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Linting;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting.Ordering;

/// <summary>Five-tuple rules with the shape of real filter sets: as many are dead, and as many superfluous, as other methods count.</summary>
internal sealed class ClassBenchTests
{
    [TestCase("acl", 1_000, 184, 572)]
    [TestCase("fw", 1_000, 183, 343)]
    [TestCase("ipc", 1_000, 67, 394)]
    [TestCase("acl", 10_000, 1_007, 5_634)]
    [TestCase("fw", 10_000, 1_266, 2_225)]
    [TestCase("ipc", 10_000, 1_109, 4_144)]
    public void Dead_rules_and_all_that_can_go(string profile, int rules, int deadCount, int removableCount)
    {
        var result = Linter.Run(Compilation.Create(SyntaxTree.Parse(SourceText.From(Generate(profile, rules)))));
        Assert.That(result.Undecided, Is.Empty);
        var findings = result.Findings.Where(finding => finding.Chain?.Hook == Hook.Forward).ToList();
        var dead = findings.Count(finding => finding.Id is "IPT3001" or "IPT3002");
        var superfluous = findings.Count(finding => finding.Id == "IPT3005");
        Assert.That((dead, dead + superfluous), Is.EqualTo((deadCount, removableCount)));
    }

    /// <summary>Messages are followed only until a rule is found that stops some.</summary>
    [TestCase("acl")]
    [TestCase("fw")]
    [TestCase("ipc")]
    public void Stopped_messages_are_found_in_large_sets(string profile)
    {
        var result = Linter.Run(
            Compilation.Create(SyntaxTree.Parse(SourceText.From(Generate(profile, 100_000)))), new LintOptions { Selected = ["IPT3020"] });
        Assert.Multiple(() =>
        {
            Assert.That(result.Undecided, Is.Empty);
            Assert.That(result.Findings, Has.Exactly(1).Matches<Finding>(finding => finding.Chain?.Hook == Hook.Forward));
        });
    }

    private static byte[] Generate(string profile, int rules)
    {
        var script = SharedData.Require("perf/classbench_like.py");
        var folder = Directory.CreateTempSubdirectory("rulec-classbench");
        try
        {
            var set = Path.Combine(folder.FullName, "set");
            ProcessResult.Of(new ProcessStartInfo(
                "python3", [script, "--profile", profile, "--rules", rules.ToString(CultureInfo.InvariantCulture), "-o", set]));
            return File.ReadAllBytes($"{set}.save");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
