using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class DuplicateRuleAnalyzerTests
{
    private const string Id = "IPT3011";

    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\n[|-A INPUT -p tcp -j DROP|]", TestName = "Twice")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\n[|-A INPUT -p tcp -j DROP|]\n[|-A INPUT -p tcp -j DROP|]", TestName = "Three times")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 22 -m comment --comment one -j DROP\n[|-A INPUT -p tcp -m tcp --dport 22 -m comment --comment two -j DROP|]", TestName = "Comments aside")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -s 192.0.2.0/24 -j DROP\n-A INPUT -p udp -j ACCEPT\n[|-A INPUT -s 192.0.2.0/24 -j DROP|]", TestName = "With others between")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT\n[|-A INPUT -p tcp --dport 80 -j ACCEPT|]", TestName = "Written otherwise")]
    public void Is_found(string rules) => FindingAssert.Reports($"*filter\n{rules}\nCOMMIT\n", Id);

    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\n-A INPUT -p tcp -m tcp --dport 22 -j DROP", TestName = "Covered, but not the same")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\n-A INPUT -p tcp -j ACCEPT", TestName = "Another target")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j LOG\n-A INPUT -p tcp -j LOG", TestName = "Logged twice")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -m limit --limit 5/sec -j ACCEPT\n-A INPUT -m limit --limit 5/sec -j ACCEPT\n-A INPUT -j DROP", TestName = "Limits of their own")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n-A INPUT -p tcp -j DROP\n-A U -p tcp -j DROP", TestName = "In another chain")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1\n-A INPUT -j MARK --set-mark 2\n-A INPUT -j MARK --set-mark 1", TestName = "The mark was another between")]
    public void Is_not_found(string rules) => FindingAssert.ReportsNothing($"*filter\n{rules}\nCOMMIT\n", Id);
}
