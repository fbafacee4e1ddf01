using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class MhMatchTests
{
    [TestCase("-p mh -m mh", ExpectedResult = true)]
    [TestCase("-p mh -m mh --mh-type 0:255", ExpectedResult = true)]
    [TestCase("-p mh -m mh ! --mh-type 0:255", ExpectedResult = false)]
    public bool Decides(string match) => ExtensionAssert.Matches(match, "135 fd00::1 -> fd00::2", Family.IPv6);

    [TestCase("-p mh -m mh --mh-type bu", "135 fd00::1 -> fd00::2")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet, Family.IPv6), Is.True);

    [TestCase("-p mh -m mh", "-p mobility-header -m mh")]
    [TestCase("-p ipv6-mh -m mh --mh-type :", "-p mobility-header -m mh")]
    [TestCase("-p 135 -m mh ! --mh-type :", "-p mobility-header -m mh ! --mh-type 0:255")]
    [TestCase("-p 135 -m mh --mh-type brr:BU", "-p mobility-header -m mh --mh-type 0:5")]
    [TestCase("-p 135 -m mh --mh-type home", "-p mobility-header -m mh --mh-type 1")]
    [TestCase("-p 135 -m mh --mh-type hot", "-p mobility-header -m mh --mh-type 3")]
    [TestCase("-p 135 -m mh --mh-type binding-err", "-p mobility-header -m mh --mh-type 7")]
    [TestCase("-p 135 -m mh --mh-type 3:", "-p mobility-header -m mh --mh-type 3:255")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-m [|mh|] --mh-type 1", "IPT2055")]
    [TestCase("! -p 135 -m [|mh|]", "IPT2055")]
    [TestCase("-p 135 [|--mh-type|] 1", "IPT2056")]
    [TestCase("-p 135 -m mh --mh-type [|256|]", "IPT2020")]
    [TestCase("-p 135 -m mh --mh-type [|foo|]", "IPT2020")]
    [TestCase("-p 135 -m mh --mh-type [|4:3|]", "IPT2012")]
    [TestCase("-p 135 -m mh --mh-type 1 [|--mh-type|] 2", "IPT2052")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id, Family.IPv6);
}
