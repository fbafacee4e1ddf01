using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class UdpLiteMatchTests
{
    [TestCase("-p udplite -m udplite --dport 5", "udplite 10.0.0.1:1 -> 10.0.0.2:5", ExpectedResult = true)]
    [TestCase("-p udplite -m udplite --dport 5", "udplite 10.0.0.1:1 -> 10.0.0.2:6", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p udplite -m udplite --dport 5:5", "-p udplite -m udplite --dport 5")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-p udp -m [|udplite|] --dport 5", "IPT2055")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
