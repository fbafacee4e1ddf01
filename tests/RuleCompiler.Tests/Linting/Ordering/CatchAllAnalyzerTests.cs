using NUnit.Framework;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class CatchAllAnalyzerTests
{
    private const string Id = "IPT3003";

    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j DROP\n[|-A INPUT -p tcp -j DROP\n-A INPUT -p udp -j DROP|]", TestName = "Behind a DROP of everything")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -i lo -j ACCEPT\n-A INPUT -j REJECT\n[|-A INPUT -p tcp -j ACCEPT\n-A INPUT -j DROP\n-A INPUT -p udp -j ACCEPT|]", TestName = "Three rules in one run")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n-A U -j RETURN\n[|-A U -p tcp -j DROP\n-A U -p udp -j DROP|]", TestName = "Behind a RETURN")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n:V - [0:0]\n-A INPUT -j U\n-A U -g V\n[|-A U -p tcp -j DROP\n-A U -p udp -j DROP|]\n-A V -p tcp -j ACCEPT", TestName = "Behind a goto")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j LOG\n-A INPUT -j ACCEPT\n[|-A INPUT -s 192.0.2.1/32 -j DROP\n-A INPUT -s 192.0.2.2/32 -j DROP|]", TestName = "Behind an ACCEPT")]
    public void Is_found(string rules) => FindingAssert.Reports($"*filter\n{rules}\nCOMMIT\n", Id);

    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j DROP\n-A INPUT -p tcp -j DROP", TestName = "One rule is no run")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -p tcp -j DROP\n-A INPUT -p udp -j DROP\n-A INPUT -p icmp -j DROP", TestName = "Nothing takes everything")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j LOG\n-A INPUT -p tcp -j DROP\n-A INPUT -p udp -j DROP", TestName = "LOG goes on")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A INPUT -j U\n-A INPUT -p tcp -j DROP\n-A INPUT -p udp -j DROP\n-A U -p icmp -j DROP", TestName = "A call comes back")]
    [TestCase(":INPUT ACCEPT [0:0]\n:U - [0:0]\n-A U -j DROP\n-A U -p tcp -j DROP\n-A U -p udp -j DROP", TestName = "In a chain that nothing calls")]
    public void Is_not_found(string rules) => FindingAssert.ReportsNothing($"*filter\n{rules}\nCOMMIT\n", Id);

    [TestCase("-A INPUT -p tcp -j DROP\n-A INPUT -p udp -j DROP", DiagnosticSeverity.Info, true, TestName = "Dead weight can go")]
    [TestCase("-A INPUT -p tcp -j DROP\n-A INPUT -p udp -j ACCEPT", DiagnosticSeverity.Warning, false, TestName = "A conflict among them is a mistake")]
    public void Severity_is_that_of_the_worst(string rules, DiagnosticSeverity severity, bool isFixed)
    {
        var finding = Witnessed.One($"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\n[|{rules}|]\nCOMMIT\n", Id);

        Assert.Multiple(() =>
        {
            Assert.That(finding.Severity, Is.EqualTo(severity));
            Assert.That(finding.Fix?.KeepsBehaviour, Is.EqualTo(isFixed));
            Assert.That(finding.Because.Select(cause => cause.RuleNumber), Is.EqualTo(new int?[] { 1 }));
        });
    }

    [Test]
    public void Takes_the_place_of_the_findings_about_each_rule() => FindingAssert.ReportsNothing(
        "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -j DROP\n-A INPUT -p tcp -j DROP\n-A INPUT -p udp -j DROP\nCOMMIT\n", "IPT3002");
}
