using NUnit.Framework;
using RuleCompiler.Cli.Output;

namespace RuleCompiler.Tests.Cli.Output;

internal sealed class MarkdownTextTests
{
    [TestCase("ISTIO_OUTPUT#4", ExpectedResult = @"ISTIO\_OUTPUT#4")]
    [TestCase("a | b `c` *d* ~e~ $f$", ExpectedResult = @"a \| b \`c\` \*d\* \~e\~ \$f\$")]
    [TestCase("<img src=x>", ExpectedResult = "&lt;img src=x>")]
    [TestCase("![x](y)", ExpectedResult = @"!\[x\](y)")]
    [TestCase("@team & http://example.org www.example.org", ExpectedResult = "&#64;team &amp; http&#58;//example.org www&#46;example.org")]
    [TestCase("\e[31mred", ExpectedResult = @"\\x1b\[31mred")]
    public string Escapes(string text) => MarkdownText.Escape(text);

    [TestCase("a > b", ExpectedResult = "`a > b`")]
    [TestCase("a ` b", ExpectedResult = "``a ` b``")]
    [TestCase("`", ExpectedResult = "`` ` ``")]
    public string Writes_code(string text) => MarkdownText.Code(text);

    [TestCase("a", ExpectedResult = "```")]
    [TestCase("-m comment --comment \"````\"", ExpectedResult = "`````")]
    public string Fences(string line) => MarkdownText.FenceFor([line]);
}
