using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class CommentMatchTests
{
    [TestCase("-m comment --comment anything", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m comment --comment \"a b\"", "-m comment --comment \"a b\"")]
    [TestCase("-m comment --comment \"\"", "-m comment --comment \"\"")]
    [TestCase("-m comment --comment it's", "-m comment --comment \"it\\'s\"")]
    [TestCase("-m comment --comment=\"a b\"", "-m comment --comment \"a b\"")]
    [TestCase("\"-m\" comment --comm=a\"b c\"", "-m comment --comment \"ab c\"")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m comment --comment [|xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx|]", "IPT2019")]
    [TestCase("-m [|comment|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
