using NUnit.Framework;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class AssumptionTests
{
    [TestCase("limit at filter:INPUT:4 matches")]
    [TestCase("limit at filter:INPUT:4 does not match")]
    [TestCase("FOO at mangle:my-chain:12 means drop")]
    [TestCase("limit at filter:INPUT:4 (-m limit --limit 5/min -m comment --comment \"a (b) c\" -j LOG) does not match")]
    public void Reads_what_it_writes(string text)
    {
        Assert.That(Assumption.TryParse(text, out var assumption), Is.True);
        Assert.That(assumption?.ToString(), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("limit")]
    [TestCase("limit at filter:INPUT matches")]
    [TestCase("limit at filter:INPUT:4 perhaps")]
    [TestCase("limit at filter:INPUT:4 (-j LOG) perhaps")]
    public void Refuses(string text) => Assert.That(Assumption.TryParse(text, out _), Is.False);
}
