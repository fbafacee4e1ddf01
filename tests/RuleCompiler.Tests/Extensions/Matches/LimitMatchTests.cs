using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class LimitMatchTests
{
    [TestCase("-m limit --limit 5/min", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    [TestCase("-m limit", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m limit", "-m limit --limit 3/hour")]
    [TestCase("-m limit --limit 5/m --limit-burst 5", "-m limit --limit 5/min")]
    [TestCase("-m limit --limit 3/second", "-m limit --limit 3/sec")]
    [TestCase("-m limit --limit 120/min", "-m limit --limit 2/sec")]
    [TestCase("-m limit --limit 90/min", "-m limit --limit 90/min")]
    [TestCase("-m limit --limit 3", "-m limit --limit 3/sec")]
    [TestCase("-m limit --limit 86401/day", "-m limit --limit 1/sec")]
    [TestCase("-m limit --limit 3333/min --limit-burst 10", "-m limit --limit 3333/min --limit-burst 10")]
    [TestCase("-m limit --limit 5x/s", "-m limit --limit 5/sec")]
    [TestCase("-m limit --limit 30/hour --limit-burst 0", "-m limit --limit 30/hour")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m limit --limit [|often|]", "IPT2020")]
    [TestCase("-m limit --limit [|10001/s|]", "IPT2020")]
    [TestCase("-m limit --limit [|3/week|]", "IPT2020")]
    [TestCase("-m limit --limit [|3/hours|]", "IPT2020")]
    [TestCase("-m limit --limit [|0/min|]", "IPT2020")]
    [TestCase("-m limit --limit [|1/|]", "IPT2020")]
    [TestCase("-m limit --limit-burst [|10001|]", "IPT2011")]
    [TestCase("-m limit ! [|--limit|] 5/min", "IPT2051")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("-m [|limit|] --limit 1/day", "IPT2034")]
    [TestCase("-m [|limit|] --limit 1/min --limit-burst 7159", "IPT2034")]
    [TestCase("-m limit [|--limit-burst|] 0", "IPT2034")]
    public void Refuses_in_legacy(string match, string id) => ExtensionAssert.Reports(match, id, flavour: Flavour.Legacy);

    [TestCase("-m limit --limit 1/min --limit-burst 7158")]
    public void Loads_in_legacy(string match) => ExtensionAssert.Prints(match, match, flavour: Flavour.Legacy);
}
