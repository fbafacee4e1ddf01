using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class Ipv6headerMatchTests
{
    [TestCase("-m ipv6header --header hop,prot", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr hop", ExpectedResult = true)]
    [TestCase("-m ipv6header ! --header hop,prot", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr hop", ExpectedResult = false)]
    [TestCase("-m ipv6header --header hop --soft", "tcp [fd00::1]:1000 -> [fd00::2]:80 exthdr hop,dst", ExpectedResult = true)]
    [TestCase("-m ipv6header --header none", "59 fd00::1 -> fd00::2", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet, Family.IPv6);

    [TestCase("-m ipv6header --soft ! --header frag,hop", "-m ipv6header ! --header hop-by-hop,ipv6-frag --soft")]
    [TestCase("-m ipv6header --header 60,0", "-m ipv6header --header hop-by-hop,ipv6-opts")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-m ipv6header --header [|proto|]", "IPT2016")]
    [TestCase("-m [|ipv6header|]", "IPT2053")]
    [TestCase("-m ipv6header --header [|HOP|]", "IPT2016")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id, Family.IPv6);
}
