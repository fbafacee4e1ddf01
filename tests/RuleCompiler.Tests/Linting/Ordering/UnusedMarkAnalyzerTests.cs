using NUnit.Framework;

namespace RuleCompiler.Tests.Linting.Ordering;

internal sealed class UnusedMarkAnalyzerTests
{
    private const string Id = "IPT3014";

    [TestCase(":PREROUTING ACCEPT [0:0]\n[|-A PREROUTING -j MARK --set-mark 1|]\n-A PREROUTING -j MARK --set-mark 2", TestName = "The next rule writes another")]
    [TestCase(":FORWARD ACCEPT [0:0]\n[|-A FORWARD -p tcp -m tcp --dport 80 -j MARK --set-mark 1|]\n-A FORWARD -p udp -j ACCEPT\n-A FORWARD -p tcp -j MARK --set-mark 2", TestName = "A rule for more packets does")]
    [TestCase(":INPUT ACCEPT [0:0]\n:M - [0:0]\n[|-A INPUT -p tcp -j MARK --set-xmark 0x1/0x1|]\n-A INPUT -j M\n-A M -p tcp -j MARK --set-xmark 0x0/0x3", TestName = "A called chain does, by bits")]
    [TestCase(":INPUT ACCEPT [0:0]\n[|-A INPUT -j MARK --set-mark 1|]\n-A INPUT -p tcp -j MARK --set-mark 2\n-A INPUT ! -p tcp -j MARK --set-mark 3", TestName = "Of two rules each does for some")]
    [TestCase(":OUTPUT ACCEPT [0:0]\n[|-A OUTPUT -j MARK --set-mark 1|]\n-A OUTPUT -j MARK --set-mark 2", TestName = "Before OUTPUT routes anew")]
    public void Is_written_over(string rules) => FindingAssert.Reports($"*mangle\n{rules}\nCOMMIT\n", Id);

    [TestCase(":PREROUTING ACCEPT [0:0]\n-A PREROUTING -j MARK --set-mark 1", TestName = "The route reads it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1\n-A INPUT -p tcp -j MARK --set-mark 2", TestName = "Some packets keep it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1\n-A INPUT -m mark --mark 1 -j DROP\n-A INPUT -j MARK --set-mark 2", TestName = "A rule asks for it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1\n-A INPUT -j CONNMARK --save-mark\n-A INPUT -j MARK --set-mark 2", TestName = "The connection's mark keeps it")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-xmark 0x1/0x1\n-A INPUT -j MARK --set-xmark 0x2/0x2", TestName = "Other bits are written")]
    [TestCase(":INPUT ACCEPT [0:0]\n-A INPUT -j MARK --set-mark 1\n-A INPUT -m limit --limit 5/sec -j MARK --set-mark 2", TestName = "At times it is kept")]
    public void Is_read(string rules) => FindingAssert.ReportsNothing($"*mangle\n{rules}\nCOMMIT\n", Id);

    [Test]
    public void Takes_the_place_of_being_redundant_and_names_who_writes_over_it()
    {
        var finding = FindingAssert.Reports(
            "*mangle\n:INPUT ACCEPT [0:0]\n{|IPT3014:-A INPUT -p tcp -j MARK --set-mark 1|}\n-A INPUT -j MARK --set-mark 2\nCOMMIT\n", "IPT3005").Single();

        Assert.That(finding.Because.Select(cause => cause.RuleNumber), Is.EqualTo(new int?[] { 2 }));
    }
}
