using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class DstMatchTests
{
    [TestCase("-m dst", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr dst", ExpectedResult = true)]
    [TestCase("-m dst", "tcp [fd00::1]:1000 -> [fd00::2]:80", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet, Family.IPv6);

    [TestCase("-m dst --dst-len 4", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr dst")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet, Family.IPv6), Is.True);

    [TestCase("-m dst --dst-opts 149:92,12:12 --dst-len 4", "-m dst --dst-len 4 --dst-opts 149:92,12:12")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-m dst --dst-opts [|\"\"|]", "IPT2020")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id, Family.IPv6);
}
