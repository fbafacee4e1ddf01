using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class DnatTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A OUTPUT -j DNAT --to-destination 10.0.0.1", ExpectedResult = "Dnat Translate { Low = 10.0.0.1, High = 10.0.0.1, Ports = , BasePort = , Flags = None }")]
    [TestCase("-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1-10.0.0.5:80-90 --random --persistent", ExpectedResult = "Dnat Translate { Low = 10.0.0.1, High = 10.0.0.5, Ports = (80, 90), BasePort = , Flags = Random, Persistent }")]
    [TestCase("-A PREROUTING -p tcp -j DNAT --to-destination 10.0.0.1:9000-9100/70", ExpectedResult = "Dnat Translate { Low = 10.0.0.1, High = 10.0.0.1, Ports = (9000, 9100), BasePort = 70, Flags = None }")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination :8080", ExpectedResult = "Dnat Translate { Low = , High = , Ports = (8080, 8080), BasePort = , Flags = None }")]
    public string Does(string rule) => TargetAssert.Action("nat", rule);

    [TestCase("-A OUTPUT -j DNAT --to 10.0.0.1", "-A OUTPUT -j DNAT --to-destination 10.0.0.1")]
    [TestCase("-A OUTPUT -j DNAT --to-destination 10.0.0.1-10.0.0.1", "-A OUTPUT -j DNAT --to-destination 10.0.0.1")]
    [TestCase("-A OUTPUT -j DNAT --to-destination 10.0.0.9-10.0.0.1", "-A OUTPUT -j DNAT --to-destination 10.0.0.9-10.0.0.1")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1-10.0.0.5:80-90", "-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1-10.0.0.5:80-90")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination :80-90", "-A OUTPUT -p tcp -j DNAT --to-destination :80-90")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1:0", "-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1:0")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1:80-80", "-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1:80")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1:ssh", "-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1:22")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1:10-20/ftp", "-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1:10-20/21")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --persistent --random --to-destination 10.0.0.1", "-A OUTPUT -p tcp -j DNAT --to-destination 10.0.0.1 --random --persistent")]
    [TestCase("-A OUTPUT -p icmp -j DNAT --to-destination 10.0.0.1:80", "-A OUTPUT -p icmp -j DNAT --to-destination 10.0.0.1:80")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("nat", given, canonical);

    [TestCase("-A OUTPUT -j [|DNAT|]", "IPT2053")]
    [TestCase("-A OUTPUT -j DNAT [|--to-destination|] 10.0.0.1:80", "IPT2040")]
    [TestCase("-A OUTPUT -p udplite -j DNAT [|--to-destination|] 10.0.0.1:80", "IPT2040")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0.1:|]", "IPT2013")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0.1:80-|]", "IPT2013")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0.1:90-80|]", "IPT2012")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0.1:80-90/0|]", "IPT2013")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0.1:80/30|]", "IPT2013")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0.1:65536|]", "IPT2013")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0.300|]", "IPT2014")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0|]", "IPT2014")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|localhost|]", "IPT2014")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|fd00::1|]", "IPT2014")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0.1-|]", "IPT2014")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0.1:80:90|]", "IPT2014")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [|10.0.0.1/24|]", "IPT2014")]
    [TestCase("-A OUTPUT -j DNAT --to-destination 10.0.0.1 [|--to-destination|] 10.0.0.2", "IPT2052")]
    [TestCase("-A INPUT -j [|DNAT|] --to-destination 10.0.0.1", "IPT2004")]
    [TestCase("-A POSTROUTING -j [|DNAT|] --to-destination 10.0.0.1", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("nat", rule, id);

    [TestCase("-A INPUT -j [|DNAT|] --to-destination 10.0.0.1", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);

    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [fd00::1]:80", ExpectedResult = "Dnat Translate { Low = fd00::1, High = fd00::1, Ports = (80, 80), BasePort = , Flags = None }")]
    public string Does_in_IPv6(string rule) => TargetAssert.Action("nat", rule, IPv6);

    [TestCase("-A OUTPUT -j DNAT --to-destination [fd00::1]", "-A OUTPUT -j DNAT --to-destination fd00::1")]
    [TestCase("-A OUTPUT -j DNAT --to-destination [fd00::1-fd00::5]", "-A OUTPUT -j DNAT --to-destination fd00::1-fd00::5")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [fd00::1-fd00::5]:80-90/100", "-A OUTPUT -p tcp -j DNAT --to-destination [fd00::1-fd00::5]:80-90/100")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination [FD00:0:0::1]:80", "-A OUTPUT -p tcp -j DNAT --to-destination [fd00::1]:80")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination :80", "-A OUTPUT -p tcp -j DNAT --to-destination :80")]
    [TestCase("-A OUTPUT -p tcp -j DNAT --to-destination []:80", "-A OUTPUT -p tcp -j DNAT --to-destination :80")]
    [TestCase("-A OUTPUT -j DNAT --to-destination fd00::1:80", "-A OUTPUT -j DNAT --to-destination fd00::1:80")]
    public void Prints_in_IPv6(string given, string canonical) => TargetAssert.Prints("nat", given, canonical, IPv6);

    [TestCase("-A OUTPUT -j DNAT --to-destination [|[fd00::1|]", "IPT2020")]
    [TestCase("-A OUTPUT -j DNAT --to-destination [|10.0.0.1|]", "IPT2014")]
    public void Refuses_in_IPv6(string rule, string id) => TargetAssert.Reports("nat", rule, id, IPv6);
}
