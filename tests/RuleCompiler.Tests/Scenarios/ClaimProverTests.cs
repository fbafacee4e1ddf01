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

    [Test]
    public void What_one_search_cannot_follow_is_undecided() => Assert.That(
        ScenarioAssert.Run("""
            dump "pod.rules"
            never "both"
              space tcp * -> *
              hits filter:OUTPUT:1
              hits filter:OUTPUT:2
            """)[0].Undecided,
        Is.EqualTo("a claim can follow one rule; it has conditions on more"));

    [Test]
    public void A_space_that_cannot_be_read_is_reported_where_it_is_wrong() => ScenarioAssert.Reports("""
        dump "pod.rules"
        never "it"
          space tcp * -> *:{|IPT5008:nonsuch|}
          verdict drop
        """);
}
