using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class PolicyMatchTests
{
    [TestCase("-m policy --dir in --pol ipsec", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m policy --dir in", "-m policy --dir in --pol ipsec")]
    [TestCase("-m policy --dir in --pol ipsec --strict --tunnel-src 10.0.0.0/8 --mode tunnel ! --spi 1 --reqid 1 --next --reqid 2", "-m policy --dir in --pol ipsec --strict --reqid 1 ! --spi 0x1 --mode tunnel --tunnel-src 10.0.0.0/8 --next --reqid 2")]
    [TestCase("-m policy --dir in --pol ipsec --reqid 5 ! --proto 50 ! --mode transport", "-m policy --dir in --pol ipsec --reqid 5 ! --proto esp ! --mode transport")]
    [TestCase("-m policy --dir in --pol ipsec --mode tunnel --tunnel-src 10.0.0.1 --tunnel-dst 10.0.0.2/24", "-m policy --dir in --pol ipsec --mode tunnel --tunnel-dst 10.0.0.2/24 --tunnel-src 10.0.0.1")]
    [TestCase("-m policy --dir in --pol none --reqid 1", "-m policy --dir in --pol none")]
    [TestCase("-p tcp -m policy --dir in --pol ipsec --proto esp -m tcp --dport 80", "-p tcp -m policy --dir in --pol ipsec --proto esp -m tcp --dport 80")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|policy|] --pol ipsec", "IPT2053")]
    [TestCase("-m policy --dir in --pol none [|--strict|]", "IPT2032")]
    [TestCase("-m policy --dir in --pol ipsec [|--next|] --reqid 1", "IPT2031")]
    [TestCase("-m policy --dir in --pol ipsec --proto esp [|--tunnel-dst|] 10.0.0.0/8", "IPT2031")]
    [TestCase("-m [|policy|] --dir in --strict", "IPT2030")]
    [TestCase("-m [|policy|] --dir in --strict --reqid 1 --next", "IPT2030")]
    [TestCase("-m policy --dir in --reqid 1 [|--reqid|] 2", "IPT2032")]
    [TestCase("-m policy --dir in --proto [|tcp|]", "IPT2017")]
    [TestCase("-m [|policy|] --dir in --strict --reqid 1 --next --reqid 2 --next --reqid 3 --next --reqid 4 --next --reqid 5", "IPT2034")]
    [TestCase("-m policy --dir [|IN|]", "IPT2016")]
    [TestCase("-m policy --dir in --mode [|TUNNEL|]", "IPT2016")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("-m [|policy|] --dir out --pol none", "IPT2004", "INPUT")]
    public void Refuses_in_chain(string match, string id, string chain) =>
        ExtensionAssert.Reports(match, id, chain: chain);
}
