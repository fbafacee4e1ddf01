using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class ConnmarkMatchTests
{
    [TestCase("-m connmark --mark 0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m connmark --mark 0x5/0xf", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 ctmark 0x15", ExpectedResult = true)]
    [TestCase("-m connmark --mark 0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state INVALID", ExpectedResult = false)]
    [TestCase("-m connmark ! --mark 5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state UNTRACKED", ExpectedResult = false)]
    [TestCase("-m connmark ! --mark 5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m connmark --mark 010", "-m connmark --mark 0x8")]
    [TestCase("-m connmark --mark 0/0xffffffff", "-m connmark --mark 0x0")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m connmark --mark [|0xfffffffff|]", "IPT2011")]
    [TestCase("-m [|connmark|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
