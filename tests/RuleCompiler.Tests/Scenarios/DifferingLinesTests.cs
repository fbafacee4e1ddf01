using NUnit.Framework;
using RuleCompiler.Scenarios;

namespace RuleCompiler.Tests.Scenarios;

internal sealed class DifferingLinesTests
{
    [TestCase("a\nb\nc", "a\nb\nc", ExpectedResult = "")]
    [TestCase("a\nb\nc", "a\nx\nc", ExpectedResult = "- b|+ x")]
    [TestCase("a\nb\nc\nd", "a\nx\nc\ny", ExpectedResult = "- b|+ x|- d|+ y")]
    [TestCase("a\na", "a", ExpectedResult = "- a")]
    [TestCase("a", "a\na\na", ExpectedResult = "+ a|+ a")]
    [TestCase("", "a", ExpectedResult = "- |+ a")]
    public string Between(string before, string after) => string.Join('|', DifferingLines.Between(before, after));
}
