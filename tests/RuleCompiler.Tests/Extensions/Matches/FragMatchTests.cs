using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class FragMatchTests
{
    [TestCase("-m frag --fragmore", "tcp [fd00::1]:1000 -> [fd00::2]:80", ExpectedResult = false)]
    [TestCase("-m frag", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr frag", ExpectedResult = false, Description = "conntrack takes it away")]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet, Family.IPv6);

    [TestCase("-m frag --fragfirst --fragres --fraglen 9 --fragid 5:9", "-m frag --fragid 5:9 --fraglen 9 --fragres --fragfirst")]
    [TestCase("-m frag --fragid :", "-m frag")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-m frag --fragmore [|--fraglast|]", "IPT2054")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id, Family.IPv6);
}
