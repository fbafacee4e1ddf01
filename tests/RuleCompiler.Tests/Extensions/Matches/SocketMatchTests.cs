using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class SocketMatchTests
{
    [TestCase("-m socket", "tcp 10.0.0.2:1000 -> 10.0.0.1:8080 in eth0", ExpectedResult = true)]
    [TestCase("-m socket", "tcp 10.0.0.2:1000 -> 10.0.0.1:9 in eth0", ExpectedResult = false)]
    [TestCase("-m socket --transparent", "tcp 10.0.0.2:1000 -> 10.0.0.1:8080 in eth0", ExpectedResult = false)]
    [TestCase("-m socket --transparent", "tcp 10.0.0.2:1000 -> 10.0.0.1:8081 in eth0", ExpectedResult = true)]
    [TestCase("-m socket", "tcp 10.0.0.2:1000 -> 10.0.0.1:15006 in eth0", ExpectedResult = false)]
    [TestCase("-m socket --nowildcard", "tcp 10.0.0.2:1000 -> 10.0.0.1:15006 in eth0", ExpectedResult = true)]
    [TestCase("-m socket --nowildcard --transparent", "tcp 10.0.0.2:1000 -> 10.0.0.1:15006 in eth0", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m socket", "-m socket")]
    [TestCase("-m socket --restore-skmark --nowildcard --transparent", "-m socket --transparent --nowildcard --restore-skmark")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m socket ! [|--transparent|]", "IPT2051")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("-m [|socket|] --transparent", "IPT2004", "OUTPUT")]
    public void Refuses_in_chain(string match, string id, string chain) =>
        ExtensionAssert.Reports(match, id, chain: chain);
}
