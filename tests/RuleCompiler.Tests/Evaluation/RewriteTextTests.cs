using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class RewriteTextTests
{
    [TestCase("10.1.0.10", 9000, null, null, ExpectedResult = "10.1.0.10:9000")]
    [TestCase("10.1.0.10", null, null, null, ExpectedResult = "10.1.0.10")]
    [TestCase("10.1.0.10", 9000, null, 9100, ExpectedResult = "10.1.0.10:9000-9100")]
    [TestCase("10.1.0.10", 80, "10.1.0.20", null, ExpectedResult = "10.1.0.10-10.1.0.20:80")]
    [TestCase("10.1.0.10", null, "10.1.0.20", null, ExpectedResult = "10.1.0.10-10.1.0.20")]
    [TestCase("fd00::1", 80, null, null, ExpectedResult = "[fd00::1]:80")]
    [TestCase("fd00::1", 80, "fd00::9", null, ExpectedResult = "[fd00::1-fd00::9]:80")]
    public string Describes(string address, int? port, string? lastAddress, int? lastPort) =>
        RewriteText.Describe(new Rewrite("dnat", null, new Endpoint(Parse(address), (ushort?)port))
        {
            LastAddress = lastAddress is null ? null : Parse(lastAddress),
            LastPort = (ushort?)lastPort,
        });

    [Test]
    public void A_new_source() => Assert.That(
        RewriteText.Describe(new Rewrite("snat", new Endpoint(Parse("10.0.0.1"), 1024), null)), Is.EqualTo("10.0.0.1:1024"));

    private static IpAddress Parse(string text) =>
        IpAddress.TryParse(text, out var address) ? address : throw new FormatException(text);
}
