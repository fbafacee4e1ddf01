using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class UnreferencedChainAnalyzerTests
{
    private const string Id = "IPT3012";

    [TestCase(":INPUT ACCEPT [0:0]\n[|:U - [0:0]|]\n-A U -p tcp -j DROP", TestName = "With rules")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|:U - [0:0]|]", TestName = "Empty")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|:U - [0:0]|]\n[|:V - [0:0]|]\n-A U -j V\n-A V -j DROP", TestName = "Called by one that nothing calls")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|:U - [0:0]|]\n[|:V - [0:0]|]\n-A U -j V\n-A V -j U", TestName = "In a circle")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n[|:V - [0:0]|]\n-A INPUT -j U\n-A V -j U", TestName = "One of two")]
    public void Is_found(string rules) => FindingAssert.Reports($"*filter\n{rules}\nCOMMIT\n", Id);

    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U", TestName = "Called")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -g U", TestName = "Gone to")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n:V - [0:0]\n-A INPUT -p tcp -j U\n-A U -j V", TestName = "By another")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j DROP\n-A INPUT -j U", TestName = "The jump is dead, but there")]
    [TestCase(":INPUT ACCEPT [0:0]\n", TestName = "A base chain")]
    public void Is_not_found(string rules) => FindingAssert.ReportsNothing($"*filter\n{rules}\nCOMMIT\n", Id);

    [Test]
    public void Its_rules_are_not_reported() => FindingAssert.ReportsNothing(
        "*filter\n:INPUT ACCEPT [0:0]\n:U - [0:0]\n-A U -p tcp -j DROP\n-A U -p tcp -m tcp --dport 22 -j ACCEPT\nCOMMIT\n", "IPT3001");
}
