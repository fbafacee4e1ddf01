using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class TcpmssMatchTests
{
    [TestCase("-p tcp -m tcpmss --mss 500:1460", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 mss 1460", ExpectedResult = true)]
    [TestCase("-p tcp -m tcpmss --mss 500", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 mss 1460", ExpectedResult = false)]
    [TestCase("-p tcp -m tcpmss --mss 500:", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-p tcp -m tcpmss ! --mss 500:", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p tcp -m tcpmss --mss 500:", "-p tcp -m tcpmss --mss 500:65535")]
    [TestCase("-p tcp -m tcpmss ! --mss :500", "-p tcp -m tcpmss ! --mss 0:500")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-p tcp -m tcpmss --mss [|500:400|]", "IPT2012")]
    [TestCase("-m [|tcpmss|] --mss 500", "IPT2055")]
    [TestCase("-p tcp -m [|tcpmss|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
