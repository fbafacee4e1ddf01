using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Packets;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class RoutingTests
{
    private static readonly Routing Host = Routing.Of(HostAssert.Read("""
        { "interfaces": [
            {"name": "eth0", "addresses": ["10.1.0.5/24", "10.1.0.1/24", "172.16.5.5/24", "fd00:1::7/64", "fe80::7/64"]},
            {"name": "eth1", "addresses": ["10.2.0.1/31", "fd00:2::1/64", "fd00:3::1/64"]},
            {"name": "eth2"} ],
          "routes": [
            {"destination": "default", "via": "10.1.0.254", "interface": "eth0"},
            {"destination": "default", "via": "fd00:1::fe", "interface": "eth0"},
            {"destination": "10.9.0.0/16", "via": "10.2.0.0"},
            {"destination": "10.9.9.0/24", "type": "blackhole"},
            {"destination": "10.96.0.0/12", "type": "local", "interface": "lo"},
            {"destination": "default", "type": "local", "interface": "lo", "table": 133},
            {"destination": "10.7.0.0/16", "interface": "eth1", "table": 100} ],
          "rules": [ {"mark": "0x539", "table": 133}, {"mark": "0x10/0xf0", "table": 100} ] }
        """));

    [TestCase("10.1.0.1", 0u, ExpectedResult = "Local lo 10.1.0.1")]
    [TestCase("127.9.9.9", 0u, ExpectedResult = "Local lo 127.9.9.9")]
    [TestCase("10.100.1.1", 0u, ExpectedResult = "Local lo 10.100.1.1")]
    [TestCase("10.1.0.9", 0u, ExpectedResult = "Remote eth0 10.1.0.9")]
    [TestCase("8.8.8.8", 0u, ExpectedResult = "Remote eth0 10.1.0.254")]
    [TestCase("10.9.1.1", 0u, ExpectedResult = "Remote eth1 10.2.0.0")]
    [TestCase("10.9.9.1", 0u, ExpectedResult = "None  ")]
    [TestCase("8.8.8.8", 0x539u, ExpectedResult = "Local lo 8.8.8.8")]
    [TestCase("10.7.0.1", 0x1fu, ExpectedResult = "Remote eth1 10.7.0.1")]
    [TestCase("8.8.8.8", 0x1fu, ExpectedResult = "Remote eth0 10.1.0.254")]
    [TestCase("::1", 0u, ExpectedResult = "Local lo ::1")]
    [TestCase("fd00:9::1", 0u, ExpectedResult = "Remote eth0 fd00:1::fe")]
    [TestCase("ff02::1", 0u, ExpectedResult = "Remote eth0 ff02::1")]
    public string Finds(string destination, uint mark) => Print(Host.Find(Address(destination), mark));

    [TestCase("8.8.8.8", "eth1", ExpectedResult = "Remote eth1 8.8.8.8")]
    [TestCase("8.8.8.8", "eth0", ExpectedResult = "Remote eth0 10.1.0.254")]
    [TestCase("10.1.0.5", "eth1", ExpectedResult = "Remote eth1 10.1.0.5")]
    [TestCase("8.8.8.8", "lo", ExpectedResult = "Local lo 8.8.8.8")]
    public string Takes_a_given_interface_literally(string destination, string outInterface) =>
        Print(Host.Find(Address(destination), 0, outInterface));

    [TestCase("10.1.0.5", null, ExpectedResult = "Local")]
    [TestCase("10.1.0.5", "eth1", ExpectedResult = "Unicast")]
    [TestCase("127.0.0.2", null, ExpectedResult = "Local")]
    [TestCase("10.1.0.255", null, ExpectedResult = "Broadcast")]
    [TestCase("10.1.0.0", null, ExpectedResult = "Unicast")]
    [TestCase("255.255.255.255", null, ExpectedResult = "Broadcast")]
    [TestCase("224.0.0.251", null, ExpectedResult = "Multicast")]
    [TestCase("10.9.9.1", null, ExpectedResult = "Unicast")]
    [TestCase("fd00:1::7", null, ExpectedResult = "Unicast, Local")]
    [TestCase("fd00:1::7", "eth1", ExpectedResult = "Unicast")]
    [TestCase("fd00:1::8", null, ExpectedResult = "Unicast")]
    [TestCase("::", null, ExpectedResult = "Unspecified")]
    [TestCase("ff02::1", null, ExpectedResult = "Multicast")]
    public string Knows_the_type_of(string address, string? onInterface) => Host.TypeOf(Address(address), onInterface).ToString();

    [TestCase("eth0", "8.8.8.8", ExpectedResult = "10.1.0.5")]
    [TestCase("eth0", "172.16.5.9", ExpectedResult = "172.16.5.5")]
    [TestCase("eth2", "8.8.8.8", ExpectedResult = "10.1.0.5")]
    [TestCase("eth1", "fd00:3::9", ExpectedResult = "fd00:3::1")]
    [TestCase("eth0", "fe80::9", ExpectedResult = "fe80::7")]
    [TestCase("eth2", "fd00:3::9", ExpectedResult = "")]
    public string Masquerades_as(string outInterface, string destination) =>
        $"{Host.MasqueradeAddress(outInterface, Address(destination), 0)}";

    [TestCase("eth0", "10.1.0.1", ExpectedResult = "10.1.0.5")]
    [TestCase("eth0", "fe80::1", ExpectedResult = "fe80::7")]
    [TestCase("eth0", "fd00:1::9", ExpectedResult = "fd00:1::7")]
    [TestCase("eth2", "10.1.0.1", ExpectedResult = "")]
    public string Redirects_to(string inInterface, string destination)
    {
        var address = Address(destination);
        return $"{Host.PrimaryAddress(inInterface, address.Family, address.Family == Family.IPv6 ? address : null)}";
    }

    [TestCase("127.0.0.1", "10.1.0.5", "eth0", ExpectedResult = true)]
    [TestCase("10.1.0.9", "127.0.0.1", "eth0", ExpectedResult = true)]
    [TestCase("10.1.0.1", "10.1.0.5", "eth0", ExpectedResult = true)]
    [TestCase("0.0.0.0", "255.255.255.255", "eth0", ExpectedResult = false)]
    [TestCase("10.1.0.9", "10.1.0.5", "eth1", ExpectedResult = false)]
    [TestCase("127.0.0.1", "127.0.0.1", "lo", ExpectedResult = false)]
    [TestCase("::1", "::1", "lo", ExpectedResult = false)]
    [TestCase("::1", "fd00:1::7", "eth0", ExpectedResult = true)]
    [TestCase("fd00:1::9", "fd00:1::7", "eth0", ExpectedResult = false)]
    public bool Loses_martians(string source, string destination, string inInterface) =>
        Host.IsMartian(Address(source), Address(destination), inInterface);

    private static string Print(Route route) => $"{route.Kind} {route.Interface} {route.NextHop}";

    private static IpAddress Address(string text) =>
        IpAddress.TryParse(text, out var address) ? address : throw new AssertionException(text);
}
