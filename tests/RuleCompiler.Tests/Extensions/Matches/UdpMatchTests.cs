using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class UdpMatchTests
{
    [TestCase("-p udp -m udp --dport 53", "udp 10.0.0.1:1000 -> 10.0.0.2:53", ExpectedResult = true)]
    [TestCase("-p udp --dport domain", "udp 10.0.0.1:1000 -> 10.0.0.2:53", ExpectedResult = true)]
    [TestCase("-p udp -m udp ! --sport 1000", "udp 10.0.0.1:1000 -> 10.0.0.2:53", ExpectedResult = false)]
    [TestCase("-p udp -m udp", "udp 10.0.0.1:1000 -> 10.0.0.2:53", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p udp -m udp ! --dport :", "-p udp -m udp ! --dport 0:65535")]
    [TestCase("-p udp -m udp --dport 53:53 --sport 1:9", "-p udp -m udp --sport 1:9 --dport 53")]
    [TestCase("-p udp -m udp ! --dport 0:1023 ! --sport 1024:", "-p udp -m udp ! --sport 1024:65535 --dport 1024:65535")]
    [TestCase("-p udp -m udp --dport 70000", "-p udp -m udp --dport 4464")]
    [TestCase("-p udp -m udp --sport http", "-p udp -m udp --sport 80")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-p tcp -m [|udp|] --dport 53", "IPT2055")]
    [TestCase("-p udp -m udp --sport [|-1|]", "IPT2013")]
    [TestCase("-p udp -m udp --dport [|9:5|]", "IPT2012")]
    [TestCase("-p udp -m udp --dport [|0x50|]", "IPT2013")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
