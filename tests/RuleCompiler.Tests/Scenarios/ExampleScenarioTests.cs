using NUnit.Framework;
using RuleCompiler.Tests.Cli;

namespace RuleCompiler.Tests.Scenarios;

/// <summary>The scenario files of the examples hold; the one of a proposed change is refused.</summary>
internal sealed class ExampleScenarioTests
{
    private static IEnumerable<string> Files => Repository.Files("examples", "*.flows");

    [TestCaseSource(nameof(Files))]
    public void Holds(string path)
    {
        var run = RulecRun.Of([], ["test", Repository.PathOf(path)], isCi: true);

        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((path.EndsWith("proposed.flows", StringComparison.Ordinal) ? 1 : 0, "")), run.Output);
    }

    [Test]
    public void Every_example_has_one() => Assert.That(
        Repository.Files("examples", "dump.rules").Select(Path.GetDirectoryName),
        Is.SubsetOf(Files.Select(Path.GetDirectoryName)));
}
