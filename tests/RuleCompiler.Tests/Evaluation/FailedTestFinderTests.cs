using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class FailedTestFinderTests
{
    [TestCase("-s 10.0.0.0/8 -p udp", ExpectedResult = "24: -p udp: protocol is tcp")]
    [TestCase("-m set --match-set s src", ExpectedResult = "17: --match-set s src: it is not in set s")]
    [TestCase("-m set ! --match-set t src", ExpectedResult = "19: ! --match-set t src: it is in set t")]
    [TestCase("-p tcp -m mystery --foo bar", ExpectedResult = "20: -m mystery --foo bar: assumed not to match")]
    [TestCase("-p tcp --foo bar", ExpectedResult = "17: --foo bar: assumed not to match")]
    public string The_option_that_a_packet_failed(string test)
    {
        var traces = Traced.All(
            $"*filter\n:INPUT ACCEPT [0:0]\n-A INPUT {test} -j DROP\nCOMMIT\n",
            "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0 in-set t",
            options: TraceOptions.Default with { IncludesPassedRules = true });
        var failed = traces.SelectMany(trace => trace.Steps).Select(step => step.Failed).OfType<FailedTest>().Single();
        return string.Create(CultureInfo.InvariantCulture, $"{failed.Location.Start.Column}: {failed.Option}: {failed.Because}");
    }

    [TestCase("-p tcp -m tcp ! --syn", ExpectedResult = "its flags are SYN")]
    [TestCase("-p tcp -m tcp --tcp-option 9", ExpectedResult = "its TCP options are 8")]
    [TestCase("-p tcp -m tcp --tcp-option 200", ExpectedResult = "it has no such TCP option")]
    [TestCase("-p tcp -m tcpmss --mss 500", ExpectedResult = "it has no TCP option of a segment size")]
    [TestCase("-m dscp --dscp 0x2e", ExpectedResult = "tos is 0x10, dscp 0x04")]
    [TestCase("-m addrtype --src-type LOCAL", ExpectedResult = "the source's type is UNICAST")]
    [TestCase("-m addrtype --dst-type UNICAST --limit-iface-in", ExpectedResult = "the destination's type at its interface is LOCAL")]
    [TestCase("-m pkttype --pkt-type broadcast", ExpectedResult = "its frame is unicast")]
    [TestCase("-m physdev --physdev-in eth9", ExpectedResult = "it comes in by no bridge port")]
    [TestCase("-p tcp -m socket", ExpectedResult = "no socket here takes it")]
    public string The_words_for_what_a_packet_has(string test) => Traced.All(
            $"*mangle\n:PREROUTING ACCEPT [0:0]\n-A PREROUTING {test} -j DROP\nCOMMIT\n",
            "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0 options 8 tos 0x10",
            options: TraceOptions.Default with { IncludesPassedRules = true })
        .SelectMany(trace => trace.Steps).Select(step => step.Failed).OfType<FailedTest>().Single().Because;

    [Test]
    public void All_options_that_would_have_to_hold_are_named()
    {
        var trace = Traced.All(
            "*filter\n:INPUT ACCEPT [0:0]\n-A INPUT -s 10.9.0.0/16 -i eth0 -p tcp -m tcp --dport 443 -m limit --limit 5/min -j DROP\nCOMMIT\n",
            "tcp 10.1.0.9:1000 -> 10.1.0.1:80 in eth0",
            options: TraceOptions.Default with { IncludesPassedRules = true }).Single();

        var failed = trace.Steps.Select(step => step.Failed).OfType<FailedTest>().Single();

        Assert.That(failed.Option, Is.EqualTo("-s 10.9.0.0/16"));
        Assert.That(failed.Others.Select(other => $"{other.Option}: {other.Because}"), Is.EqualTo(new[] { "--dport 443: destination port is 80" }));
    }
}
