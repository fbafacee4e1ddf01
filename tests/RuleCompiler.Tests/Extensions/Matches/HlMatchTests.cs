using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class HlMatchTests
{
    [TestCase("-m hl --hl-eq 64", "tcp [fd00::1]:1000 -> [fd00::2]:80", ExpectedResult = true)]
    [TestCase("-m hl --hl-lt 64", "tcp [fd00::1]:1000 -> [fd00::2]:80", ExpectedResult = false)]
    [TestCase("-m hl --hl-gt 63", "tcp [fd00::1]:1000 -> [fd00::2]:80", ExpectedResult = true)]
    [TestCase("-m hl ! --hl-eq 3", "tcp [fd00::1]:1000 -> [fd00::2]:80 hl 3", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet, Family.IPv6);

    [TestCase("-m hl --hl 64", "-m hl --hl-eq 64")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-m hl ! [|--hl-lt|] 5", "IPT2051")]
    [TestCase("-m [|hl|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id, Family.IPv6);
}
