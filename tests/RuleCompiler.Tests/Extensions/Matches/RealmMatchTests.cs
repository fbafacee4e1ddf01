using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class RealmMatchTests
{
    [TestCase("-m realm --realm 5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m realm ! --realm 1/0x2a", "-m realm ! --realm 0x1/0x2a")]
    [TestCase("-m realm --realm 5", "-m realm --realm 0x5")]
    [TestCase("-m realm --realm 0", "-m realm --realm cosmos")]
    [TestCase("-m realm --realm cosmos", "-m realm --realm cosmos")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m realm --realm [|foo|]", "IPT2011")]
    [TestCase("-m [|realm|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("PREROUTING")]
    public void Refuses_in(string chain) => ExtensionAssert.Reports("-m [|realm|] --realm 1", "IPT2004", chain: chain);
}
