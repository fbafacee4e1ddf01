using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Linting;
using RuleCompiler.Netfilter;
using RuleCompiler.Syntax;
using RuleCompiler.Tests.Oracles.Diagrams;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Linting.Ordering;

/// <summary>Dead rules of large sets over whole addresses and ports, as lint finds them and as decision diagrams do.</summary>
internal sealed class DeadRuleTests
{
    /// <summary>The checks that say no packet gets to a rule.</summary>
    private static readonly string[] DeadChecks = ["IPT3001", "IPT3002", "IPT3003", "IPT3004"];

    /// <summary>Says so of a duplicate, or that it is superfluous.</summary>
    private const string DuplicateCheck = "IPT3011";

    private const int RuleCount = 1_000;

    [TestCase("classbench_like.py", "--profile acl", 184)]
    [TestCase("classbench_like.py", "--profile fw", 183)]
    [TestCase("classbench_like.py", "--profile ipc", 67)]
    [TestCase("flat_firewall.py", "", null)]
    [TestCase("chain_tree.py", "", 0)]
    public void Lint_and_diagrams_find_the_same_dead_rules(string script, string options, int? count)
    {
        var compilation = Compilation.Create(SyntaxTree.Parse(SourceText.From(Generate(script, options))));
        var ruleset = compilation.GetRuleset(Family.IPv4) ?? throw new AssertionException("no rules");
        var dead = DiagramReach.DeadLines(ruleset);

        var result = Linter.Run(compilation, new LintOptions { Selected = [.. DeadChecks, DuplicateCheck] });
        var found = result.Findings.Where(finding => finding.Id != DuplicateCheck).SelectMany(LinesOf).ToHashSet();
        var duplicates = result.Findings.Where(finding => finding.Id == DuplicateCheck).SelectMany(LinesOf);
        Assert.Multiple(() =>
        {
            Assert.That(result.Undecided, Is.Empty);
            Assert.That(found.Except(dead), Is.Empty, "found, and packets get there");
            Assert.That(dead.Except(found).Except(duplicates), Is.Empty, "dead, and not found");
            Assert.That(dead, count is null ? Is.Not.Empty : Has.Count.EqualTo(count));
        });
    }

    private static IEnumerable<int> LinesOf(Finding finding) =>
        Enumerable.Range(finding.Location.Start.Line, finding.Location.End.Line - finding.Location.Start.Line + 1);

    private static byte[] Generate(string script, string options)
    {
        var path = SharedData.Require($"perf/{script}");
        var folder = Directory.CreateTempSubdirectory("rulec-dead");
        try
        {
            var output = Path.Combine(folder.FullName, "set");
            ProcessResult.Of(new ProcessStartInfo(
                "python3", [path, .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--rules", RuleCount.ToString(CultureInfo.InvariantCulture), "-o", output]));
            return File.ReadAllBytes(File.Exists(output) ? output : $"{output}.save");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
