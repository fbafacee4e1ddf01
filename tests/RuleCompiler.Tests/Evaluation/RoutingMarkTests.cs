using NUnit.Framework;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Tests.Evaluation;

/// <summary>Marks of which bits are not known, on a host that routes mark 0x100 by eth0 and all else by eth1.</summary>
internal sealed class RoutingMarkTests
{
    private const string Hash = "-j HMARK --hmark-tuple src --hmark-mod 4 --hmark-rnd 0x1";
    private const string ByEth0 = "eth0 if mark at host:rules:1 matches";
    private const string ByEth1 = "eth1 if mark at host:rules:1 does not match";
    private const string Arriving = "udp 10.1.0.9:1 -> 8.8.8.8:53 in eth0";

    [TestCase(Hash, Arriving, ExpectedResult = ByEth0 + ", " + ByEth1)]
    [TestCase(Hash + "\n-A PREROUTING -j MARK --or-mark 0x100", Arriving, ExpectedResult = ByEth0 + ", " + ByEth1)]
    [TestCase(Hash + "\n-A PREROUTING -j MARK --or-mark 0x1", Arriving, ExpectedResult = "eth1")]
    [TestCase(Hash + "\n-A PREROUTING -j MARK --set-mark 0x100", Arriving, ExpectedResult = "eth0")]
    [TestCase(Hash, "udp 10.1.0.9:1 -> 10.1.0.1:53 in eth0", ExpectedResult = "eth0")]
    [TestCase("", Arriving + " mark 0x100/0x100", ExpectedResult = ByEth0 + ", " + ByEth1)]
    [TestCase("", Arriving + " mark 0x0/0x100", ExpectedResult = "eth1")]
    [TestCase("", "udp 10.1.0.1:1 -> 8.8.8.8:53 mark 0x0/0x1", ExpectedResult = ByEth0 + ", " + ByEth1)]
    public string Each_way_that_the_mark_may_lead_is_an_outcome(string rules, string packet) => Ways(
        $"*mangle\n:PREROUTING ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n{(rules.Length == 0 ? "" : "-A PREROUTING " + rules)}\nCOMMIT\n", packet);

    [Test]
    public void What_is_sent_is_routed_again() => Assert.That(
        Ways($"*mangle\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT {Hash}\nCOMMIT\n", "udp 10.2.0.1:1 -> 8.8.8.8:53"), Is.EqualTo($"{ByEth0}, {ByEth1}"));

    [Test]
    public void Rules_see_the_mark_that_was_assumed() => Assert.That(
        Ways(
            $"*mangle\n:PREROUTING ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n-A PREROUTING {Hash}\n-A FORWARD -m mark --mark 0x100 -j DROP\nCOMMIT\n", Arriving),
        Is.EqualTo($"Drop if mark at host:rules:1 matches, {ByEth1}"));

    [Test]
    public void Routing_keeps_to_what_a_rule_has_assumed() => Assert.That(
        Ways($"*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING {Hash}\n-A PREROUTING -m mark --mark 0x100/0xff00 -j DROP\nCOMMIT\n", Arriving),
        Is.EqualTo("Drop if mark at mangle:PREROUTING:2 matches, eth1 if mark at mangle:PREROUTING:2 does not match"));

    [Test]
    public void One_way_can_be_assumed()
    {
        Assert.That(Assumption.TryParse("mark at host:rules:1 does not match", out var assumption), Is.True);
        var traces = Traced.All(
            $"*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING {Hash}\nCOMMIT\n",
            Arriving,
            options: new TraceOptions { Assumptions = [assumption ?? throw new AssertionException("no assumption")] });
        Assert.That(string.Join(", ", traces.Select(Way)), Is.EqualTo(ByEth1));
    }

    private static string Ways(string dump, string packet) => string.Join(", ", Traced.All(dump, packet).Select(Way));

    private static string Way(Trace trace) => $"{trace.Delivery?.Interface ?? trace.Verdict.ToString()}{(trace.Assumptions.IsEmpty ? "" : " if ")}"
        + string.Join(" and ", trace.Assumptions);
}
