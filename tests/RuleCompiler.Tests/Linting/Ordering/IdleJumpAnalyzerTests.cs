using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class IdleJumpAnalyzerTests
{
    private const string Id = "IPT3013";

    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n[|-A INPUT -j U|]", TestName = "To an empty chain")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n[|-A INPUT -j U|]\n-A U -p tcp -j RETURN", TestName = "To one that returns")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n:V - [0:0]\n[|-A INPUT -p tcp -j U|]\n[|-A U -j V|]", TestName = "To one that calls an empty one")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n[|-A INPUT -s 192.0.2.1/32 -j U|]\n-A INPUT -j DROP\n-A U -p tcp\n-A U -p udp", TestName = "To one that counts")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n[|-A INPUT -j U|]\n-A INPUT -j DROP", TestName = "Before a DROP")]
    public void Is_found(string rules) => FindingAssert.Reports($"*filter\n{rules}\nCOMMIT\n", Id);

    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n-A U -p tcp -j DROP", TestName = "It stops something")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n-A U -j LOG", TestName = "It logs")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n-A U -j MARK --set-mark 1", TestName = "It marks")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -g U\n-A INPUT -j DROP", TestName = "A goto does not come back")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j DROP\n-A INPUT -j U", TestName = "No packet gets to the jump")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n-A U -p tcp -m limit --limit 5/sec -j DROP", TestName = "It stops something at times")]
    public void Is_not_found(string rules) => FindingAssert.ReportsNothing($"*filter\n{rules}\nCOMMIT\n", Id);
}
