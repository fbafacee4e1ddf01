using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class MacMatchTests
{
    [TestCase("-m mac --mac-source 00:11:22:AA:BB:CC", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 mac 00:11:22:aa:bb:cc", ExpectedResult = true)]
    [TestCase("-m mac ! --mac-source 00:11:22:AA:BB:CC", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 mac 00:11:22:aa:bb:cc", ExpectedResult = false)]
    [TestCase("-m mac ! --mac-source 0:0:0:0:0:1", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 mac 00:11:22:aa:bb:cc", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m mac --mac-source 00:11:22:AA:BB:CC", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m mac --mac-source 00:11:22:AA:BB:CC", "-m mac --mac-source 00:11:22:aa:bb:cc")]
    [TestCase("-m mac ! --mac-source 0:1:2:3:4:5", "-m mac ! --mac-source 00:01:02:03:04:05")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m mac --mac-source [|00:11:22:aa:bb|]", "IPT2020")]
    [TestCase("-m mac --mac-source [|00-11-22-aa-bb-cc|]", "IPT2020")]
    [TestCase("-m mac --mac-source [|00:11:22:aa:bb:ccc|]", "IPT2020")]
    [TestCase("-m [|mac|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("-m [|mac|] --mac-source 00:11:22:aa:bb:cc", "IPT2004", "OUTPUT")]
    public void Refuses_in_chain(string match, string id, string chain) =>
        ExtensionAssert.Reports(match, id, chain: chain);
}
