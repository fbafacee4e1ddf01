using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class AddrtypeMatchTests
{
    [TestCase("-m addrtype --dst-type LOCAL", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0", ExpectedResult = true)]
    [TestCase("-m addrtype --dst-type LOCAL", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m addrtype --src-type LOCAL --dst-type UNICAST", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m addrtype ! --src-type LOCAL --dst-type UNICAST", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m addrtype --dst-type UNICAST,LOCAL", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m addrtype --dst-type MULTICAST", "udp 10.0.0.1:1 -> 224.0.0.1:2 out eth0", ExpectedResult = true)]
    [TestCase("-m addrtype --dst-type BROADCAST", "udp 10.0.0.2:1 -> 10.0.0.255:2 in eth0", ExpectedResult = true)]
    [TestCase("-m addrtype --dst-type LOCAL --limit-iface-in", "tcp 10.1.0.2:1 -> 10.0.0.1:2 in eth1", ExpectedResult = false)]
    [TestCase("-m addrtype --dst-type UNICAST --limit-iface-in", "tcp 10.1.0.2:1 -> 10.0.0.1:2 in eth1", ExpectedResult = true)]
    [TestCase("-m addrtype --dst-type LOCAL --limit-iface-in", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m addrtype --dst-type LOCAL,UNICAST ! --src-type local", "-m addrtype ! --src-type LOCAL --dst-type UNICAST,LOCAL")]
    [TestCase("-m addrtype --limit-iface-in --dst-type broad", "-m addrtype --dst-type BROADCAST --limit-iface-in")]
    [TestCase("-m addrtype --dst-type XRESOLVE,NAT,THROW,PROHIBIT,UNREACHABLE,BLACKHOLE,MULTICAST,ANYCAST,UNSPEC", "-m addrtype --dst-type UNSPEC,ANYCAST,MULTICAST,BLACKHOLE,UNREACHABLE,PROHIBIT,THROW,NAT,XRESOLVE")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m addrtype --src-type [|wrong|]", "IPT2016")]
    [TestCase("-m addrtype --src-type [|LOCAL,|]", "IPT2016")]
    [TestCase("-m [|addrtype|]", "IPT2030")]
    [TestCase("-m [|addrtype|] --limit-iface-in", "IPT2030")]
    [TestCase("-m addrtype --src-type LOCAL --limit-iface-in [|--limit-iface-out|]", "IPT2054")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("-m [|addrtype|] --dst-type LOCAL --limit-iface-in", "IPT2004", "OUTPUT")]
    [TestCase("-m [|addrtype|] --dst-type LOCAL --limit-iface-out", "IPT2004", "INPUT")]
    public void Refuses_in_chain(string match, string id, string chain) =>
        ExtensionAssert.Reports(match, id, chain: chain);
}
