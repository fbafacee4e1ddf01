using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class Icmp6MatchTests
{
    [TestCase("-p icmpv6 --icmpv6-type echo-request", "icmpv6 fd00::1 -> fd00::2 type 128", ExpectedResult = true)]
    [TestCase("-p icmpv6 --icmpv6-type neighbor-solicitation", "icmpv6 fd00::1 -> fd00::2 type 135", ExpectedResult = true)]
    [TestCase("-p icmpv6 ! --icmpv6-type 1/4", "icmpv6 fd00::1 -> fd00::2 type 1/4", ExpectedResult = false)]
    [TestCase("-p icmpv6 --icmpv6-type 255", "icmpv6 fd00::1 -> fd00::2 type 128", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet, Family.IPv6);

    [TestCase("-p icmpv6 -m icmpv6 --icmpv6-type router-sol", "-p ipv6-icmp -m icmp6 --icmpv6-type 133")]
    [TestCase("-p icmpv6 --icmpv6-type mld-listener-done", "-p ipv6-icmp -m icmp6 --icmpv6-type 132")]
    [TestCase("-p 58 -m icmp6 --icmpv6-type 1/0:255", "-p ipv6-icmp -m icmp6 --icmpv6-type 1")]
    [TestCase("-p ipv6-icmp -m icmp6 --icmpv6-type 255", "-p ipv6-icmp -m icmp6 --icmpv6-type 255")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical, Family.IPv6);

    [TestCase("-p ipv6-icmp -m icmp6 --icmpv6-type [|any|]", "IPT2020")]
    [TestCase("-p ipv6-icmp -m icmp6 --icmpv6-type [|router|]", "IPT2020")]
    [TestCase("-p ipv6-icmp -m [|icmp6|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id, Family.IPv6);
}
