using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class UnusedPolicyAnalyzerTests
{
    private const string Id = "IPT3021";

    [TestCase("[|:INPUT ACCEPT [0:0]|]\n-A INPUT -j REJECT", TestName = "Rejected")]
    [TestCase("[|:INPUT DROP [0:0]|]\n-A INPUT -j ACCEPT", TestName = "Accepted")]
    [TestCase("[|:INPUT ACCEPT [0:0]|]\n-A INPUT -j ACCEPT\n-A INPUT -p tcp -j RETURN\n-A INPUT -j DROP", TestName = "What returns is never met")]
    public void Misleads(string rules) => FindingAssert.Reports($"*filter\n{rules}\nCOMMIT\n", Id);

    [TestCase(":INPUT DROP [0:0]\n-A INPUT -j DROP", TestName = "The same as the rule")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP", TestName = "Some packets meet it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j RETURN\n-A INPUT -j DROP", TestName = "Some packets return to it")]
    [TestCase(":INPUT ACCEPT [0:0]\n:USER - [0:0]\n-A INPUT -p tcp -g USER\n-A INPUT -j DROP", TestName = "Some packets go to a chain that ends")]
    public void Is_used(string rules) => FindingAssert.ReportsNothing($"*filter\n{rules}\nCOMMIT\n", Id);
}
