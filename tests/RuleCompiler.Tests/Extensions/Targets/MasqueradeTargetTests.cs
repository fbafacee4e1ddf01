using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class MasqueradeTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A POSTROUTING -j MASQUERADE", ExpectedResult = "Masquerade Translate { Low = , High = , Ports = , BasePort = , Flags = None }")]
    [TestCase("-A POSTROUTING -p tcp -j MASQUERADE --to-ports 80-90 --random --random-fully", ExpectedResult = "Masquerade Translate { Low = , High = , Ports = (80, 90), BasePort = , Flags = Random, RandomFully }")]
    public string Does(string rule) => TargetAssert.Action("nat", rule);

    [TestCase("-A POSTROUTING -j MASQUERADE", "-A POSTROUTING -j MASQUERADE")]
    [TestCase("-A POSTROUTING -p tcp -j MASQUERADE --random-fully --random --to-ports 80-80", "-A POSTROUTING -p tcp -j MASQUERADE --to-ports 80 --random --random-fully")]
    [TestCase("-A POSTROUTING -j MASQUERADE --random-fully", "-A POSTROUTING -j MASQUERADE --random-fully")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("nat", given, canonical);

    [TestCase("-A POSTROUTING -j MASQUERADE [|--to-ports|] 80", "IPT2040")]
    [TestCase("-A POSTROUTING -p tcp -j MASQUERADE --to-ports [|90-80|]", "IPT2012")]
    [TestCase("-A INPUT -j [|MASQUERADE|]", "IPT2004")]
    [TestCase("-A OUTPUT -j [|MASQUERADE|]", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("nat", rule, id);

    [TestCase("-A INPUT -j [|MASQUERADE|]", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);

    [TestCase("-A POSTROUTING -p tcp -j MASQUERADE --to-ports 80-90", "-A POSTROUTING -p tcp -j MASQUERADE --to-ports 80-90")]
    public void Prints_in_IPv6(string given, string canonical) => TargetAssert.Prints("nat", given, canonical, IPv6);
}
