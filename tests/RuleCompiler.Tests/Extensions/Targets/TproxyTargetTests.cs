using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class TproxyTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A PREROUTING -p tcp -j TPROXY --on-port 15006 --tproxy-mark 0x1/0x1", ExpectedResult = "Tproxy ProxyTo { Address = 0.0.0.0, Port = 15006, MarkValue = 1, MarkMask = 1 }")]
    [TestCase("-A PREROUTING -p udp -j TPROXY --on-port 0 --on-ip 127.0.0.1", ExpectedResult = "Tproxy ProxyTo { Address = 127.0.0.1, Port = 0, MarkValue = 0, MarkMask = 0 }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A PREROUTING -p tcp -j TPROXY --on-port 80", "-A PREROUTING -p tcp -j TPROXY --on-port 80 --on-ip 0.0.0.0 --tproxy-mark 0x0/0x0")]
    [TestCase("-A PREROUTING -p tcp -j TPROXY --tproxy-mark 5 --on-port ssh", "-A PREROUTING -p tcp -j TPROXY --on-port 22 --on-ip 0.0.0.0 --tproxy-mark 0x5/0xffffffff")]
    [TestCase("-A PREROUTING -p tcp -j TPROXY --on-port 80 --on-ip 127.0.0.1 --tproxy-mark 0x5/0x3", "-A PREROUTING -p tcp -j TPROXY --on-port 80 --on-ip 127.0.0.1 --tproxy-mark 0x5/0x3")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A PREROUTING -p tcp -j [|TPROXY|]", "IPT2053")]
    [TestCase("-A PREROUTING -p tcp -j TPROXY --on-port [|80-90|]", "IPT2013")]
    [TestCase("-A PREROUTING -p tcp -j TPROXY --on-port 80 --on-ip [|127.0.0.1/8|]", "IPT2014")]
    [TestCase("-A PREROUTING -j [|TPROXY|] --on-port 80", "IPT2055")]
    [TestCase("-A PREROUTING ! -p tcp -j [|TPROXY|] --on-port 80", "IPT2055")]
    [TestCase("-A PREROUTING -p sctp -j [|TPROXY|] --on-port 80", "IPT2055")]
    [TestCase("-A INPUT -p tcp -j [|TPROXY|] --on-port 80", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A PREROUTING -p tcp -j [|TPROXY|] --on-port 80", "IPT2004")]
    public void Refuses_in_raw(string rule, string id) => TargetAssert.Reports("raw", rule, id);

    [TestCase("-A PREROUTING -p tcp -j TPROXY --on-port 80", "-A PREROUTING -p tcp -j TPROXY --on-port 80 --on-ip :: --tproxy-mark 0x0/0x0")]
    public void Prints_in_IPv6(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical, IPv6);
}
