using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class UnusedPolicyAnalyzerTests
{
    private const string Id = "IPT3021";

    [TestCase("[|:INPUT ACCEPT [0:0]|]\n-A INPUT -j REJECT", TestName = "Rejected")]
    [TestCase("[|:INPUT DROP [0:0]|]\n-A INPUT -j ACCEPT", TestName = "Accepted")]
    [TestCase("[|:INPUT ACCEPT [0:0]|]\n-A INPUT -j ACCEPT\n-A INPUT -p tcp -j RETURN\n-A INPUT -j DROP", TestName = "What returns is never met")]
    [TestCase("[|:INPUT ACCEPT [0:0]|]\n-A INPUT -p tcp -j ACCEPT\n-A INPUT ! -p tcp -j DROP", TestName = "The last rule takes what the one before leaves")]
    [TestCase("[|:INPUT ACCEPT [0:0]|]\n-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT\n-A INPUT -p tcp -m tcp --dport 0:1023 -j DROP\n-A INPUT -p tcp -m tcp --dport 1024:65535 -j DROP\n-A INPUT ! -p tcp -j DROP", TestName = "Three rules take all")]
    [TestCase("[|:INPUT DROP [0:0]|]\n:USER - [0:0]\n-A INPUT -s 0.0.0.0/1 -j USER\n-A INPUT -s 128.0.0.0/1 -j ACCEPT\n-A USER -j DROP", TestName = "With a chain that takes its part")]
    public void Misleads(string rules) => FindingAssert.Reports($"*filter\n{rules}\nCOMMIT\n", Id);

    [TestCase(":INPUT DROP [0:0]\n-A INPUT -j DROP", TestName = "The same as the rule")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP", TestName = "Some packets meet it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j RETURN\n-A INPUT -j DROP", TestName = "Some packets return to it")]
    [TestCase(":INPUT ACCEPT [0:0]\n:USER - [0:0]\n-A INPUT -p tcp -g USER\n-A INPUT -j DROP", TestName = "Some packets go to a chain that ends")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -m tcp --dport 0:1023 -j DROP\n-A INPUT -p tcp -m tcp --dport 1025:65535 -j DROP\n-A INPUT ! -p tcp -j DROP", TestName = "One port is left")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -m limit --limit 5/sec -j ACCEPT\n-A INPUT -p tcp -j DROP", TestName = "Some are left at times")]
    public void Is_used(string rules) => FindingAssert.ReportsNothing($"*filter\n{rules}\nCOMMIT\n", Id);
}
