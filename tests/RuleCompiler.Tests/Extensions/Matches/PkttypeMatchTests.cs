using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class PkttypeMatchTests
{
    [TestCase("-m pkttype --pkt-type unicast", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0", ExpectedResult = true)]
    [TestCase("-m pkttype --pkt-type broadcast", "udp 10.0.0.2:1 -> 10.0.0.255:2 in eth0", ExpectedResult = true)]
    [TestCase("-m pkttype --pkt-type multicast", "udp 10.0.0.2:1 -> 224.0.0.1:2 in eth0", ExpectedResult = true)]
    [TestCase("-m pkttype ! --pkt-type unicast", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m pkttype --pkt-type otherhost", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0", ExpectedResult = false)]
    [TestCase("-m pkttype ! --pkt-type otherhost", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m pkttype --pkt-type host", "-m pkttype --pkt-type unicast")]
    [TestCase("-m pkttype ! --pkt-type MCAST", "-m pkttype ! --pkt-type multicast")]
    [TestCase("-m pkttype --pkt-type otherhost", "-m pkttype --pkt-type otherhost")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m pkttype --pkt-type [|multi|]", "IPT2016")]
    [TestCase("-m [|pkttype|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
