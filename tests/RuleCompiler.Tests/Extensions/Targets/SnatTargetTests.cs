using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class SnatTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A POSTROUTING -j SNAT --to-source 10.0.0.1", ExpectedResult = "Snat Translate { Low = 10.0.0.1, High = 10.0.0.1, Ports = , BasePort = , Flags = None }")]
    [TestCase("-A POSTROUTING -p udp -j SNAT --to-source 10.0.0.1-10.0.0.9:1000-2000 --random-fully", ExpectedResult = "Snat Translate { Low = 10.0.0.1, High = 10.0.0.9, Ports = (1000, 2000), BasePort = , Flags = RandomFully }")]
    public string Does(string rule) => TargetAssert.Action("nat", rule);

    [TestCase("-A POSTROUTING -j SNAT --to 10.0.0.1", "-A POSTROUTING -j SNAT --to-source 10.0.0.1")]
    [TestCase("-A POSTROUTING -j SNAT --persistent --random-fully --random --to-source 10.0.0.1", "-A POSTROUTING -j SNAT --to-source 10.0.0.1 --random --random-fully --persistent")]
    [TestCase("-A INPUT -j SNAT --to-source 10.0.0.1", "-A INPUT -j SNAT --to-source 10.0.0.1")]
    [TestCase("-A POSTROUTING -p tcp -j SNAT --to-source :80", "-A POSTROUTING -p tcp -j SNAT --to-source :80")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("nat", given, canonical);

    [TestCase("-A POSTROUTING -j [|SNAT|]", "IPT2053")]
    [TestCase("-A POSTROUTING -j SNAT [|--to-source|] 10.0.0.1:80", "IPT2040")]
    [TestCase("-A OUTPUT -j [|SNAT|] --to-source 10.0.0.1", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("nat", rule, id);

    [TestCase("-A INPUT -j [|SNAT|] --to-source 10.0.0.1", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);

    [TestCase("-A POSTROUTING -p tcp -j SNAT --to-source [fd00::1]:80-90", "-A POSTROUTING -p tcp -j SNAT --to-source [fd00::1]:80-90")]
    public void Prints_in_IPv6(string given, string canonical) => TargetAssert.Prints("nat", given, canonical, IPv6);
}
