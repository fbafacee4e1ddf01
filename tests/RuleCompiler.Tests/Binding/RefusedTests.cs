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
    [Test]
    public void What_a_flavour_refuses_is_refused_or_reported_under_it()
    {
        SharedData.Require("kernel-traces/refused.json");
        var cases = RefusedCase.ReadAll().ToList();
        var wrong = new List<string>();
        foreach (var one in cases)
        {
            var problems = Compile(one);
            var isRight = one.IsRefused && !IsPrintedRules(one)
                ? problems.Diagnostics.Any(problem => problem.Severity >= DiagnosticSeverity.Warning)
                : !problems.HasErrors;
            if (!isRight)
            {
                wrong.Add($"{one.Name}\n{one.Input}the tool: {(one.IsRefused ? one.Message : "loads it")}\n"
                    + string.Join('\n', problems.Diagnostics));
            }
        }
        Assert.That(wrong, Is.Empty, () => $"{wrong.Count} of {cases.Count} cases\n" + string.Join("\n\n", wrong));
    }

    /// <summary>Rules without a table: <c>iptables -S</c> prints them so, iptables-restore refuses them, and here they are read, as filter's.</summary>
    private static bool IsPrintedRules(RefusedCase one) => one.Input.StartsWith("-A", StringComparison.Ordinal);

    private static Compilation Compile(RefusedCase one) => Compilation.Create(
        SyntaxTree.Parse(SourceText.From(one.Input)),
        new CompilationOptions { Family = one.Family, Flavour = one.Flavour });
}
