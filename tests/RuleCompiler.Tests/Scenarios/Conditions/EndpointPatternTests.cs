using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;
using RuleCompiler.Scenarios.Conditions;

namespace RuleCompiler.Tests.Scenarios.Conditions;

internal sealed class EndpointPatternTests
{
    [TestCase("127.0.0.1:15001", "127.0.0.1", 15001, ExpectedResult = true)]
    [TestCase("127.0.0.1", "127.0.0.1", 15001, ExpectedResult = true)]
    [TestCase(":15001", "127.0.0.1", 15001, ExpectedResult = true)]
    [TestCase(":15006", "127.0.0.1", 15001, ExpectedResult = false)]
    [TestCase("127.0.0.2:15001", "127.0.0.1", 15001, ExpectedResult = false)]
    [TestCase("[::1]:15001", "::1", 15001, ExpectedResult = true)]
    [TestCase("0:0:0:0:0:0:0:1", "::1", 15001, ExpectedResult = true)]
    [TestCase("127.0.0.1:15001-15002", "127.0.0.1", 15001, ExpectedResult = true)]
    [TestCase("10.9.9.9-10.9.9.12", "10.9.9.11", 80, ExpectedResult = true)]
    [TestCase("10.9.9.9-10.9.9.12", "10.9.9.13", 80, ExpectedResult = false)]
    [TestCase("10.9.9.9-10.9.9.12", "::a09:90b", 80, ExpectedResult = false)]
    [TestCase(":1000-2000", "10.9.9.9", 1000, 2000, ExpectedResult = true)]
    [TestCase(":1000-1999", "10.9.9.9", 1000, 2000, ExpectedResult = false, Description = "it may be 2000")]
    [TestCase(":1000", "10.9.9.9", 1000, 2000, ExpectedResult = false)]
    public bool Matches(string pattern, string address, int port, int? lastPort = null)
    {
        Assert.That(EndpointPattern.TryParse(pattern, out var read), Is.True);
        Assert.That(IpAddress.TryParse(address, out var parsed), Is.True);
        return read is not null && read.Matches(new Rewrite("redirect", null, new Endpoint(parsed, (ushort)port)) { LastPort = (ushort?)lastPort });
    }

    [TestCase("")]
    [TestCase("15001")]
    [TestCase("127.0.0.1:")]
    [TestCase("127.0.0.1:65536")]
    [TestCase("localhost:80")]
    [TestCase("10.0.0.2-10.0.0.1")]
    [TestCase("10.0.0.1-fd00::1")]
    [TestCase(":90-80")]
    public void Refuses(string pattern) => Assert.That(EndpointPattern.TryParse(pattern, out _), Is.False);
}
