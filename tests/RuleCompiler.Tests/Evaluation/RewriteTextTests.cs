using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class RewriteTextTests
{
    [TestCase("10.1.0.10", 9000, null, ExpectedResult = "10.1.0.10:9000")]
    [TestCase("10.1.0.10", null, null, ExpectedResult = "10.1.0.10")]
    [TestCase("10.1.0.10", 9000, 9100, ExpectedResult = "10.1.0.10:9000-9100")]
    [TestCase("fd00::1", 80, null, ExpectedResult = "[fd00::1]:80")]
    [TestCase("fd00::1", 80, 90, ExpectedResult = "[fd00::1]:80-90")]
    public string Describes(string address, int? port, int? lastPort) => RewriteText.Describe(
        new Rewrite("dnat", null, new Endpoint(Parse(address), (ushort?)port)) { LastPort = (ushort?)lastPort });

    [Test]
    public void A_new_source() => Assert.That(
        RewriteText.Describe(new Rewrite("snat", new Endpoint(Parse("10.0.0.1"), 1024), null)), Is.EqualTo("10.0.0.1:1024"));

    private static IpAddress Parse(string text) =>
        IpAddress.TryParse(text, out var address) ? address : throw new FormatException(text);
}
