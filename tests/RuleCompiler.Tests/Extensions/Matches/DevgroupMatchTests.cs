using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class DevgroupMatchTests
{
    [TestCase("-m devgroup --src-group 5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 in eth0")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m devgroup --dst-group 3 ! --src-group 5/0xf", "-m devgroup ! --src-group 0x5/0xf --dst-group 0x3")]
    [TestCase("-m devgroup --src-group 0 --dst-group default", "-m devgroup --src-group default --dst-group default")]
    [TestCase("-m devgroup --src-group 0/0xf", "-m devgroup --src-group 0x0/0xf")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|devgroup|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("-m [|devgroup|] --src-group 1", "OUTPUT")]
    [TestCase("-m [|devgroup|] --src-group 1", "POSTROUTING")]
    [TestCase("-m [|devgroup|] --dst-group 1", "INPUT")]
    [TestCase("-m [|devgroup|] --dst-group 1", "PREROUTING")]
    [TestCase("-m [|devgroup|] --src-group 1 --dst-group 1", "INPUT")]
    public void Refuses_where_there_is_no_such_interface(string match, string chain) => ExtensionAssert.Reports(match, "IPT2004", chain: chain);
}
