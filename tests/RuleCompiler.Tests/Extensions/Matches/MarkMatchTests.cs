using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class MarkMatchTests
{
    [TestCase("-m mark --mark 0x15/0xff", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 mark 0x15", ExpectedResult = true)]
    [TestCase("-m mark --mark 0x5/0xf", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 mark 0x15", ExpectedResult = true)]
    [TestCase("-m mark --mark 0x15/0x5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 mark 0x15", ExpectedResult = false)]
    [TestCase("-m mark ! --mark 0x15/0x5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 mark 0x15", ExpectedResult = true)]
    [TestCase("-m mark --mark 0/0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 mark 3", ExpectedResult = true)]
    [TestCase("-m mark --mark 0x100/0x101", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 mark 0x300", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m mark --mark 10", "-m mark --mark 0xa")]
    [TestCase("-m mark ! --mark 1/0xf", "-m mark ! --mark 0x1/0xf")]
    [TestCase("-m mark --mark 0/0", "-m mark --mark 0x0/0x0")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m mark --mark [|4294967296|]", "IPT2011")]
    [TestCase("-m mark --mark [|-1|]", "IPT2011")]
    [TestCase("-m [|mark|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
