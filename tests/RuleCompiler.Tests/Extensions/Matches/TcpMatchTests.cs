using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class TcpMatchTests
{
    [TestCase("-p tcp -m tcp --dport 80", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp --dport 80", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp --dport 81:90", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-p tcp ! --dport 81:90", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp --sport :1000 --dport 80:", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp ! --dport 80", "udp 10.0.0.1:1000 -> 10.0.0.2:53", ExpectedResult = false)]
    [TestCase("-p tcp -m tcp", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("! -p tcp -m tcp ! --dport 80", "udp 10.0.0.1:1000 -> 10.0.0.2:53", ExpectedResult = false)]
    [TestCase("-p tcp --syn", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp --dport : --syn", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp --tcp-flags NONE NONE", "tcp 10.0.0.1 -> 10.0.0.2 fragment", ExpectedResult = false)]
    [TestCase("-p tcp --dport :", "tcp 10.0.0.1 -> 10.0.0.2 fragment", ExpectedResult = false)]
    [TestCase("-p tcp --dport : --syn", "tcp 10.0.0.1 -> 10.0.0.2 fragment", ExpectedResult = false)]
    [TestCase("-p tcp ! --syn", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-p tcp --syn", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 flags SYN,ACK", ExpectedResult = false)]
    [TestCase("-p tcp ! --syn", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 flags ACK", ExpectedResult = true)]
    [TestCase("-p tcp --tcp-flags SYN,ACK SYN,ACK", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 flags SYN,ACK,PSH", ExpectedResult = true)]
    [TestCase("-p tcp --tcp-flags ALL NONE", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 flags NONE", ExpectedResult = true)]
    [TestCase("-p tcp --tcp-flags NONE NONE", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp --tcp-flags SYN SYN,ACK", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-p tcp ! --tcp-flags SYN SYN,ACK", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-p tcp --tcp-option 4", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 options 2,4", ExpectedResult = true)]
    [TestCase("-p tcp --tcp-option 4", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-p tcp ! --tcp-option 200", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p tcp -m tcp --sport 80:80 --syn --tcp-option 0x8", "-p tcp -m tcp --sport 80 --tcp-option 8 --tcp-flags FIN,SYN,RST,ACK SYN")]
    [TestCase("-p tcp -m tcp ! --syn --dport 22", "-p tcp -m tcp --dport 22 ! --tcp-flags FIN,SYN,RST,ACK SYN")]
    [TestCase("-p tcp -m tcp --tcp-flags all none", "-p tcp -m tcp --tcp-flags FIN,SYN,RST,PSH,ACK,URG NONE")]
    [TestCase("-p tcp -m tcp --tcp-flags NONE NONE", "-p tcp -m tcp")]
    [TestCase("-p tcp -m tcp --sport :4 --dport 90:", "-p tcp -m tcp --sport 0:4 --dport 90:65535")]
    [TestCase("-p tcp -m tcp --dport :", "-p tcp -m tcp")]
    [TestCase("-p tcp -m tcp ! --sport 0:1023", "-p tcp -m tcp --sport 1024:65535")]
    [TestCase("-p tcp -m tcp ! --sport 0", "-p tcp -m tcp ! --sport 0")]
    [TestCase("-p tcp -m tcp --destination-port ssh", "-p tcp -m tcp --dport 22")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-p tcp -m tcp --dport [|65536|]", "IPT2013")]
    [TestCase("-p tcp -m tcp --dport [|90:80|]", "IPT2012")]
    [TestCase("-p tcp -m tcp --tcp-option [|0|]", "IPT2011")]
    [TestCase("-p tcp -m tcp --tcp-flags [|SIN|] SYN", "IPT2016")]
    [TestCase("-p tcp -m tcp --tcp-flags SYN [|SIN|]", "IPT2016")]
    [TestCase("-p tcp -m tcp --tcp-flags SYN SYN [|--syn|]", "IPT2054")]
    [TestCase("-m [|tcp|] --dport 80", "IPT2055")]
    [TestCase("-p tcp -m tcp --dport [|tftp|]", "IPT2013")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
