using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Binding;

/// <summary>
/// What a flavour of the real tools refuses is an error under that flavour, or reported by a warning where the compiler
/// goes on with what it cannot know; what the tools load has no error.
/// </summary>
internal sealed class RefusedTests
{
    private const string KnownGapsFile = "tests/RuleCompiler.Tests/Binding/refused-known-gaps.txt";

    /// <summary>Names of the cases that may be answered wrongly; the file only shrinks.</summary>
    private static HashSet<string> KnownGaps =>
        [.. File.ReadLines(Repository.PathOf(KnownGapsFile)).Where(line => line.Length > 0 && line[0] != '#')];

    [Test]
    public void What_a_flavour_refuses_is_refused_or_reported_under_it()
    {
        SharedData.Require("kernel-traces/refused.json");
        var cases = RefusedCase.ReadAll().ToList();
        var gaps = KnownGaps;
        var wrong = new List<string>();
        var agreeing = 0;
        foreach (var one in cases)
        {
            var problems = Compile(one);
            var agrees = one.IsRefused
                ? problems.Diagnostics.Any(problem => problem.Severity >= DiagnosticSeverity.Warning)
                : !problems.HasErrors;
            agreeing += agrees ? 1 : 0;
            if (agrees && gaps.Contains(one.Name))
            {
                wrong.Add($"{one.Name} agrees: take it out of {KnownGapsFile}");
            }
            else if (!agrees && !gaps.Contains(one.Name))
            {
                wrong.Add($"{one.Name}\n{one.Input}the tool: {(one.IsRefused ? one.Message : "loads it")}\n"
                    + string.Join('\n', problems.Diagnostics));
            }
        }
        TestContext.Out.WriteLine($"{agreeing} of {cases.Count}");
        Assert.That(wrong, Is.Empty, () => $"{wrong.Count} cases\n" + string.Join("\n\n", wrong));
    }

    [Test]
    public void Known_gaps_are_cases()
    {
        SharedData.Require("kernel-traces/refused.json");

        Assert.That(KnownGaps.Except(RefusedCase.ReadAll().Select(one => one.Name)), Is.Empty);
    }

    private static Compilation Compile(RefusedCase one) => Compilation.Create(
        SyntaxTree.Parse(SourceText.From(one.Input)),
        new CompilationOptions { Family = one.Family, Flavour = one.Flavour });
}
