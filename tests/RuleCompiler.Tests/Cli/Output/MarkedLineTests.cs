using NUnit.Framework;
using RuleCompiler.Cli.Output;

namespace RuleCompiler.Tests.Cli.Output;

internal sealed class MarkedLineTests
{
    [TestCase("-j ACCEPT", "-j ACCEPT", "")]
    [TestCase("-s [|10.0.0.256|] -j X", "-s 10.0.0.256 -j X", "   ^^^^^^^^^^")]
    [TestCase("[|a|] b [|c|]", "a b c", "^   ^")]
    [TestCase("COMMIT[||]", "COMMIT", "      ^")]
    [TestCase("[|first line", "first line", "")]
    public void Reads(string line, string text, string carets) => Assert.That(MarkedLine.Read(line), Is.EqualTo((text, carets)));
}
