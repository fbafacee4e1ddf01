using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class WrongInterfaceAnalyzerTests
{
    private const string Id = "IPT3009";

    [TestCase(":OUTPUT ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n-A OUTPUT -j U\n[|-A U -i eth0 -j DROP|]", TestName = "What this host sends comes in by none")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n[|-A U -o eth0 -j DROP|]", TestName = "What is delivered goes out by none")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n:V - [0:0]\n-A OUTPUT -j U\n-A U -j V\n[|-A V -i eth0 -p tcp -j DROP|]", TestName = "By two calls")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n-A OUTPUT -g U\n[|-A U -i eth+ -j DROP|]", TestName = "By a goto, and a wildcard")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n-A U -p udp -j ACCEPT\n[|-A U -o lo -p tcp -j DROP|]\n-A U -p icmp -j DROP", TestName = "Among others")]
    public void Is_found(string rules) => FindingAssert.Reports($"*filter\n{rules}\nCOMMIT\n", Id);

    [TestCase(":OUTPUT ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n-A U -i eth0 -j DROP", TestName = "It has one")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n-A OUTPUT -j U\n-A INPUT -j U\n-A U -i eth0 -j DROP", TestName = "From one of two hooks it has")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n-A OUTPUT -j U\n-A U ! -i eth0 -j DROP", TestName = "All but one")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n-A OUTPUT -j U\n-A U -i + -j DROP", TestName = "Any or none")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n-A U -i eth0 -j DROP", TestName = "Nothing calls it")]
    public void Is_not_found(string rules) => FindingAssert.ReportsNothing($"*filter\n{rules}\nCOMMIT\n", Id);
}
