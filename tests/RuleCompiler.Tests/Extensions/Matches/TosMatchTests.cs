using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class TosMatchTests
{
    [TestCase("-m tos --tos 0x10", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 tos 0x10", ExpectedResult = true)]
    [TestCase("-m tos --tos 0x10/0x3f", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 tos 0xd0", ExpectedResult = true)]
    [TestCase("-m tos --tos Minimize-Delay", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 tos 0x50", ExpectedResult = true)]
    [TestCase("-m tos ! --tos 0x10", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 tos 0x10", ExpectedResult = false)]
    [TestCase("-m tos --tos 0x13/0x03", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 tos 0x13", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m tos --tos 0x10", "-m tos --tos 0x10/0xff")]
    [TestCase("-m tos ! --tos maximize-throughput", "-m tos ! --tos 0x08/0x3f")]
    [TestCase("-m tos --tos 0x13/0x3", "-m tos --tos 0x13/0x03")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m tos --tos [|0x100|]", "IPT2011")]
    [TestCase("-m tos --tos [|min|]", "IPT2016")]
    [TestCase("-m [|tos|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
