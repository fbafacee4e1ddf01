using NUnit.Framework;

namespace RuleCompiler.Tests.Scenarios;

internal sealed class ScenarioRunnerTests
{
    private const string Marked = "tcp 10.244.1.7:1024 -> 10.0.0.2:80"; // perhaps: a limit decides
    private const string Dropped = "tcp 10.244.1.7:1024 -> 10.0.0.2:81";

    [TestCase(Dropped, "verdict drop", ExpectedResult = "")]
    [TestCase(Dropped, "verdict accept", ExpectedResult = "verdict drop")]
    [TestCase(Dropped, "not verdict accept", ExpectedResult = "")]
    [TestCase(Dropped, "hits filter:OUTPUT:2", ExpectedResult = "")]
    [TestCase(Dropped, "not hits filter:OUTPUT:2", ExpectedResult = "path OUTPUT#2")]
    [TestCase(Dropped, "path OUTPUT#2", ExpectedResult = "")]
    [TestCase(Dropped, "path OUTPUT", ExpectedResult = "")]
    [TestCase(Dropped, "path OUTPUT#1", ExpectedResult = "path OUTPUT#2")]
    [TestCase(Dropped, "untouched", ExpectedResult = "")]
    [TestCase(Dropped, "redirect", ExpectedResult = "untouched")]
    [TestCase(Dropped, "flow none", ExpectedResult = "")]
    [TestCase(Dropped, "flow 2", ExpectedResult = "flow none")]
    [TestCase(Marked, "mark 7", ExpectedResult = "mark 0x0")]
    [TestCase(Marked, "maybe mark 7", ExpectedResult = "")]
    [TestCase(Marked, "maybe mark 0x0/1", ExpectedResult = "")]
    [TestCase(Marked, "maybe mark 8", ExpectedResult = "mark 0x7; or mark 0x0")]
    [TestCase(Marked, "verdict accept", ExpectedResult = "")]
    public string Expect(string packet, string expectation) => string.Join(", ", ScenarioAssert.Run($"""
        dump "pod.rules"
        scenario "one"
          packet {packet}
          expect {expectation}
        """)[0].Failures.Select(f => f.Actual));

    [Test]
    public void An_expectation_holds_for_every_packet()
    {
        var failures = ScenarioAssert.Run($"""
            dump "pod.rules"
            scenario "both"
              packet {Marked}
              packet {Dropped}
              expect verdict accept
              expect maybe verdict drop
            """)[0].Failures;

        Assert.That(failures.Select(f => f.Witness), Is.EqualTo(new[] { Dropped }));
        Assert.That(failures[0].Details, Is.EqualTo(new[]
        {
            "decided by filter:OUTPUT:2 (line 5): -p tcp -m tcp --dport 81 -j DROP",
        }));
    }

    [Test]
    public void Packets_of_both_families_meet_the_rules_of_their_dump()
    {
        var result = ScenarioAssert.Run("""
            dump "pod.rules"
            dump "pod6.rules" ipv6
            scenario "both families"
              packet tcp 10.244.1.7:1024 -> 10.0.0.2:81
              packet tcp [fd00:244::7]:1024 -> [fd00::2]:81
              expect verdict drop
              snapshot
            """)[0];

        Assert.That(result.Failures, Is.Empty);
        Assert.That(result.Snapshot, Has.Length.EqualTo(2));
    }

    [Test]
    public void Flows_of_a_dump_without_a_sidecar_fail() => Assert.That(
        ScenarioAssert.Run("""
            dump "pod.rules"
            scenario "flows"
              flows
              snapshot
            """)[0].Failures.Select(f => f.Actual),
        Is.EqualTo(new[] { "no dump has a sidecar" }));
}
