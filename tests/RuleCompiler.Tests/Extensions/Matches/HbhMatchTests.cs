using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class HbhMatchTests
{
    [TestCase("-m hbh", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr hop", ExpectedResult = true)]
    [TestCase("-m hbh", "tcp [fd00::1]:1000 -> [fd00::2]:80", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet, Family.IPv6);

    [TestCase("-m hbh --hbh-len 4", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr hop")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet, Family.IPv6), Is.True);

    [TestCase("-m hbh --hbh-opts 5 ! --hbh-len 4", "-m hbh ! --hbh-len 4 --hbh-opts 5")]
    [TestCase("-m hbh --hbh-opts 0x5:256,7", "-m hbh --hbh-opts 5:0,7")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-m hbh --hbh-len [|x|]", "IPT2011")]
    [TestCase("-m hbh --hbh-opts [|1:,2|]", "IPT2020")]
    [TestCase("-m hbh --hbh-opts [|1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17|]", "IPT2020")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id, Family.IPv6);
}
