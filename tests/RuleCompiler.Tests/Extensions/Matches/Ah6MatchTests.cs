using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class Ah6MatchTests
{
    [TestCase("-m ah", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr auth", ExpectedResult = true)]
    [TestCase("-m ah", "tcp [fd00::1]:1000 -> [fd00::2]:80", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet, Family.IPv6);

    [TestCase("-m ah --ahspi 5", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr auth")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet, Family.IPv6), Is.True);

    [TestCase("-m ah --ahres --ahlen 7 --ahspi 5", "-m ah --ahspi 5 --ahlen 7 --ahres")]
    [TestCase("-m ah --ahlen 0", "-m ah")]
    [TestCase("-m ah ! --ahlen 0", "-m ah ! --ahlen 0")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-m ah --ahlen [|-1|]", "IPT2011")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id, Family.IPv6);
}
