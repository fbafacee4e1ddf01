using NUnit.Framework;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class RuleCommentTests
{
    [TestCase("-p tcp -m comment --comment \"a \\\" b\" -j DROP", ExpectedResult = "-p tcp -j DROP")]
    [TestCase("-m comment --comment word -j DROP", ExpectedResult = "-j DROP")]
    [TestCase("-p tcp -m comment --comment \"-m comment --comment x\"", ExpectedResult = "-p tcp ")]
    [TestCase("-p tcp -j LOG --log-prefix \"x-m comment --comment y \"", ExpectedResult = "-p tcp -j LOG --log-prefix \"x-m comment --comment y \"")]
    public string Remove(string rule) => RuleComment.Remove(rule);
}
