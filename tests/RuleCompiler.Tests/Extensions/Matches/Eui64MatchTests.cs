using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class Eui64MatchTests
{
    [TestCase("-m eui64", "tcp [fd00::ff:fe00:9]:1 -> [fd00::1]:2 in eth0 mac 02:00:00:00:00:09", ExpectedResult = true)]
    [TestCase("-m eui64", "tcp [fd00::212:34ff:fe56:789a]:1 -> [fd00::1]:2 in eth0 mac 00:12:34:56:78:9A", ExpectedResult = true)]
    [TestCase("-m eui64", "tcp [fd00::12:34ff:fe56:789a]:1 -> [fd00::1]:2 in eth0 mac 00:12:34:56:78:9A", ExpectedResult = false)]
    [TestCase("-m eui64", "tcp [fd00::2]:1 -> [fd00::1]:2 in eth0 match \"eui64\"", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet, Family.IPv6);

    [TestCase("-m eui64", "tcp [fd00::2]:1 -> [fd00::1]:2 in eth0")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet, Family.IPv6), Is.True);

    [TestCase("-m eui64", "-m eui64")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-m [|eui64|]", "IPT2004", "OUTPUT")]
    public void Refuses_in_chain(string match, string id, string chain) =>
        ExtensionAssert.Reports(match, id, Family.IPv6, chain: chain);
}
