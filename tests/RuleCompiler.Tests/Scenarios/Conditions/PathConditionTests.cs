using NUnit.Framework;
using RuleCompiler.Scenarios;
using RuleCompiler.Scenarios.Conditions;
using RuleCompiler.Tests.Evaluation;

namespace RuleCompiler.Tests.Scenarios.Conditions;

internal sealed class PathConditionTests
{
    private const string Dump = """
        *filter
        :OUTPUT ACCEPT [0:0]
        :A - [0:0]
        :B - [0:0]
        -A OUTPUT -j A
        -A OUTPUT -j MARK --set-mark 1
        -A A -j B
        -A A -j MARK --set-mark 2
        -A B -j MARK --set-mark 3
        -A B -j RETURN
        COMMIT
        """;

    // OUTPUT#1 A#1 B#1 B#2 A#2 OUTPUT#2 OUTPUT
    [TestCase("OUTPUT#1 A#1 B#1 B#2 A#2 OUTPUT#2 OUTPUT", ExpectedResult = true)]
    [TestCase("OUTPUT A B A OUTPUT", ExpectedResult = true)]
    [TestCase("...", ExpectedResult = true)]
    [TestCase("... B#2 ...", ExpectedResult = true)]
    [TestCase("OUTPUT ... OUTPUT", ExpectedResult = true)]
    [TestCase("... ... OUTPUT", ExpectedResult = true)]
    [TestCase("OUTPUT#1 ... OUTPUT#2", ExpectedResult = false, Description = "the policy is a step too")]
    [TestCase("OUTPUT#1 A B B A OUTPUT", ExpectedResult = true)]
    [TestCase("OUTPUT#1 A B B B A OUTPUT", ExpectedResult = false)]
    [TestCase("OUTPUT A OUTPUT", ExpectedResult = false)]
    [TestCase("OUTPUT ... A#3 ...", ExpectedResult = false)]
    public bool Holds(string path) => new PathCondition([.. path.Split(' ').Select(PathStep.Parse)])
        .Holds(new TracedOutcome(Traced.One(Dump, "tcp 10.1.0.1:1 -> 10.2.0.9:80"), null));
}
