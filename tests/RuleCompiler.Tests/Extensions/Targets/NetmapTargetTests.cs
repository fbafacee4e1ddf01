using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class NetmapTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A PREROUTING -j NETMAP --to 10.1.0.0/24", ExpectedResult = "Netmap MapNetwork { Network = 10.1.0.0, Mask = 4294967040 }")]
    public string Does(string rule) => TargetAssert.Action("nat", rule);

    [TestCase("-A PREROUTING -j NETMAP --to 10.1.2.3", "-A PREROUTING -j NETMAP --to 10.1.2.3/32")]
    [TestCase("-A INPUT -j NETMAP --to 10.1.2.3/24", "-A INPUT -j NETMAP --to 10.1.2.0/24")]
    [TestCase("-A OUTPUT -j NETMAP --to 10.1.2.3/255.255.0.0", "-A OUTPUT -j NETMAP --to 10.1.0.0/16")]
    [TestCase("-A POSTROUTING -j NETMAP --to 10.1.2.3/0", "-A POSTROUTING -j NETMAP --to 0.0.0.0/0")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("nat", given, canonical);

    [TestCase("-A PREROUTING -j [|NETMAP|]", "IPT2053")]
    [TestCase("-A PREROUTING -j NETMAP --to [|fd00::/64|]", "IPT2014")]
    [TestCase("-A PREROUTING -i eth0 -j NETMAP --to [|10.1.2.0/24,10.1.3.0/24|]", "IPT2015")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("nat", rule, id);

    [TestCase("-A INPUT -j [|NETMAP|] --to 10.1.2.0/24", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);

    [TestCase("-A POSTROUTING -j NETMAP --to fd00::1/64", "-A POSTROUTING -j NETMAP --to fd00::/64")]
    [TestCase("-A POSTROUTING -j NETMAP --to fd00::1", "-A POSTROUTING -j NETMAP --to fd00::1/128")]
    public void Prints_in_IPv6(string given, string canonical) => TargetAssert.Prints("nat", given, canonical, IPv6);
}
