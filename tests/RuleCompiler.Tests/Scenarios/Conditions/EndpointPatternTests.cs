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
    [TestCase("127.0.0.1:15001-15002", "127.0.0.1", 15001, ExpectedResult = false)]
    public bool Matches(string pattern, string address, int port)
    {
        Assert.That(EndpointPattern.TryParse(pattern, out var read), Is.True);
        Assert.That(IpAddress.TryParse(address, out var parsed), Is.True);
        return read is not null && read.Matches(new Rewrite("redirect", null, new Endpoint(parsed, (ushort)port)));
    }

    [TestCase("")]
    [TestCase("15001")]
    [TestCase("127.0.0.1:")]
    [TestCase("127.0.0.1:65536")]
    [TestCase("localhost:80")]
    public void Refuses(string pattern) => Assert.That(EndpointPattern.TryParse(pattern, out _), Is.False);
}
