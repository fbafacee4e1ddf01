using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class ContradictionAnalyzerTests
{
    private const string Id = "IPT3004";

    [TestCase(":OUTPUT ACCEPT [0:0]\n[|-A OUTPUT -m owner --uid-owner 0 -m owner ! --uid-owner 0 -j DROP|]", TestName = "A user and not that user")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|-A INPUT -p tcp -m tcp --dport 80 -m multiport ! --dports 80 -j DROP|]", TestName = "A port and not that port")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|-A INPUT -s 192.0.2.0/24 -m iprange --src-range 198.51.100.1-198.51.100.9 -j DROP|]", TestName = "A network and another range")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|-A INPUT -m mark --mark 0x1/0x1 -m mark --mark 0x0/0x1 -j DROP|]", TestName = "A bit that is set and is not")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|-A INPUT -m conntrack --ctstate NEW -m conntrack --ctstate ESTABLISHED -j DROP|]", TestName = "Two states at once")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|-A INPUT -p tcp -m tcp --tcp-flags SYN SYN -m tcp --tcp-flags SYN,ACK ACK -j DROP|]", TestName = "Flags that exclude each other")]
    public void Is_found(string rules) => FindingAssert.Reports($"*filter\n{rules}\nCOMMIT\n", Id);

    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 80 -m multiport --dports 80,443 -j DROP", TestName = "A port of a list")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -m mark --mark 0x1/0x1 -m mark --mark 0x0/0x2 -j DROP", TestName = "Other bits")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -m string --string a --algo bm -m string ! --string b --algo bm -j DROP", TestName = "Unknowns that are not the same")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -m limit --limit 5/sec -m limit --limit 1/min -j DROP", TestName = "Limits")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\n-A INPUT -p tcp -j ACCEPT", TestName = "Dead because of another rule")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n-A OUTPUT -m owner ! --uid-owner 0 -m owner ! --uid-owner 1 -j DROP", TestName = "Two exceptions")]
    public void Is_not_found(string rules) => FindingAssert.ReportsNothing($"*filter\n{rules}\nCOMMIT\n", Id);
}
