using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class EcnMatchTests
{
    [TestCase("-m ecn --ecn-ip-ect 2", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 tos 2", ExpectedResult = true)]
    [TestCase("-m ecn ! --ecn-ip-ect 0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-p tcp -m ecn --ecn-tcp-ece", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 flags SYN,ECE", ExpectedResult = true)]
    [TestCase("-p tcp -m ecn ! --ecn-tcp-cwr --ecn-tcp-ece", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 flags SYN,ECE,CWR", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p tcp -m ecn --ecn-ip-ect 2 ! --ecn-tcp-cwr --ecn-tcp-ece", "-p tcp -m ecn --ecn-tcp-ece ! --ecn-tcp-cwr --ecn-ip-ect 2")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m ecn --ecn-ip-ect [|4|]", "IPT2011")]
    [TestCase("-m ecn [|--ecn-tcp-cwr|]", "IPT2031")]
    [TestCase("-m [|ecn|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
