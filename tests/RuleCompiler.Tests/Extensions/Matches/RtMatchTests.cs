using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class RtMatchTests
{
    [TestCase("-m rt", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr route", ExpectedResult = true)]
    [TestCase("-m rt", "tcp [fd00::1]:1000 -> [fd00::2]:80", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet, Family.IPv6);

    [TestCase("-m rt --rt-type 0", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr route")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet, Family.IPv6), Is.True);

    [TestCase("-m rt --rt-type 0 --rt-0-addrs fd00::1,FD00:0::2 --rt-segsleft 3: --rt-0-not-strict", "-m rt --rt-type 0 --rt-segsleft 3:4294967295 --rt-0-addrs fd00::1,fd00::2 --rt-0-not-strict")]
    [TestCase("-m rt --rt-segsleft :", "-m rt")]
    [TestCase("-m rt ! --rt-segsleft :", "-m rt ! --rt-segsleft 0:4294967295")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-m rt --rt-segsleft [|x|]", "IPT2011")]
    [TestCase("-m rt --rt-segsleft [|4:3|]", "IPT2012")]
    [TestCase("-m rt [|--rt-0-res|] --rt-type 0", "IPT2031")]
    [TestCase("-m rt --rt-type 0 [|--rt-0-not-strict|]", "IPT2031")]
    [TestCase("-m rt --rt-type 0 --rt-0-addrs [|10.0.0.1|]", "IPT2014")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id, Family.IPv6);
}
