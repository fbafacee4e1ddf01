using NUnit.Framework;

namespace RuleCompiler.Tests.Scenarios;

/// <summary>Claims about the rules of <see cref="ScenarioAssert"/>: to port 80 perhaps marked, to port 81 dropped.</summary>
internal sealed class ClaimProverTests
{
    [TestCase("never", "tcp * -> *:81", "verdict accept", ExpectedResult = "")]
    [TestCase("never", "tcp * -> *:80-82", "verdict drop", ExpectedResult = "verdict drop")]
    [TestCase("always", "tcp * -> *:81", "verdict drop", ExpectedResult = "")]
    [TestCase("always", "tcp * -> *:80-81", "verdict drop", ExpectedResult = "verdict accept")]
    [TestCase("always", "udp * -> *", "verdict accept", ExpectedResult = "")]
    [TestCase("always", "tcp * -> * in *", "untouched", ExpectedResult = "")]
    [TestCase("always", "tcp * -> *:81", "hits filter:OUTPUT:2", ExpectedResult = "")]
    [TestCase("never", "tcp * -> *:82", "hits filter:OUTPUT:2", ExpectedResult = "")]
    [TestCase("never", "tcp * -> *:80", "mark 7", ExpectedResult = "mark 0x7", Description = "it may hold: a limit decides")]
    [TestCase("always", "tcp * -> *:80", "not redirect", ExpectedResult = "")]
    public string Claim(string kind, string space, string condition)
    {
        var result = ScenarioAssert.Run($"""
            dump "pod.rules"
            {kind} "it"
              space {space}
              {condition}
            """)[0];
        return result.Undecided ?? string.Join(", ", result.Failures.Select(f => f.Actual));
    }

    [Test]
    public void A_refutation_shows_a_packet_and_its_way()
    {
        var failure = ScenarioAssert.Run("""
            dump "pod.rules"
            never "nobody is cut off"
              space tcp * -> *:1-100
              verdict drop
            """)[0].Failures.Single();

        Assert.Multiple(() =>
        {
            Assert.That(failure.Expected, Is.EqualTo("never verdict drop"));
            Assert.That(failure.Witness, Does.Contain(":81"));
            Assert.That(failure.Details[0], Is.EqualTo("decided by filter:OUTPUT:2 (line 5): -p tcp -m tcp --dport 81 -j DROP"));
            Assert.That(failure.Details, Has.Some.Contains("OUTPUT#2").And.Some.Contains("verdict  drop"));
        });
    }

    [TestCase("hits filter:OUTPUT:1|hits filter:OUTPUT:2", ExpectedResult = "proved", Description = "to port 80, and to port 81")]
    [TestCase("hits filter:OUTPUT:1|not hits filter:OUTPUT:2|verdict accept", ExpectedResult = "refuted")]
    [TestCase("not hits filter:OUTPUT:1|not hits filter:OUTPUT:2|verdict drop", ExpectedResult = "proved")]
    [TestCase("hits filter:OUTPUT:1|not mark 7", ExpectedResult = "proved")]
    [TestCase("not hits filter:OUTPUT:1|mark 7", ExpectedResult = "refuted", Description = "a mark that it came with")]
    [TestCase("flow 2", ExpectedResult = "proved", Description = "without a sidecar no packet is of a flow")]
    public string Never_of_several_conditions(string conditions)
    {
        var result = ScenarioAssert.Run($"""
            dump "pod.rules"
            never "it"
              space tcp * -> *
              {conditions.Replace("|", "\n  ", StringComparison.Ordinal)}
            """)[0];
        return result.Undecided ?? (result.Failures.IsEmpty ? "proved" : "refuted");
    }

    [Test]
    public void A_space_that_cannot_be_read_is_reported_where_it_is_wrong() => ScenarioAssert.Reports("""
        dump "pod.rules"
        never "it"
          space tcp * -> *:{|IPT5008:nonsuch|}
          verdict drop
        """);
}
