using NUnit.Framework;
using RuleCompiler.Tests.Cli;

namespace RuleCompiler.Tests.Scenarios;

/// <summary>The scenario files of the examples hold; those of a proposed change are refused.</summary>
internal sealed class ExampleScenarioTests
{
    private static readonly string[] Refused = ["proposed.flows", "guests.flows"];

    private static IEnumerable<string> Files => Repository.Files("examples", "*.flows");

    [TestCaseSource(nameof(Files))]
    public void Holds(string path)
    {
        var run = RulecRun.Of([], ["test", Repository.PathOf(path)], isCi: true);

        Assert.That((run.ExitCode, run.Errors), Is.EqualTo((Refused.Contains(Path.GetFileName(path)) ? 1 : 0, "")), run.Output);
    }

    [Test]
    public void Every_example_has_one() => Assert.That(
        Repository.Files("examples", "*.rules").Select(Path.GetDirectoryName).Distinct(),
        Is.SubsetOf(Files.Select(Path.GetDirectoryName)));
}
