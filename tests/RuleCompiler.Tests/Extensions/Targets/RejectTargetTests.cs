using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class RejectTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A INPUT -j REJECT", ExpectedResult = "Reject RejectWith { Type = icmp-port-unreachable }")]
    [TestCase("-A INPUT -j REJECT --reject-with host-prohib", ExpectedResult = "Reject RejectWith { Type = icmp-host-prohibited }")]
    [TestCase("-A INPUT -p tcp -j REJECT --reject-with tcp-reset", ExpectedResult = "Reject RejectWith { Type = tcp-reset }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j REJECT", "-A INPUT -j REJECT --reject-with icmp-port-unreachable")]
    [TestCase("-A INPUT -j REJECT --reject-with icmp-net-prohibited", "-A INPUT -j REJECT --reject-with icmp-net-prohibited")]
    [TestCase("-A INPUT -j REJECT --reject-with icmp", "-A INPUT -j REJECT --reject-with icmp-net-unreachable")]
    [TestCase("-A INPUT -j REJECT --reject-with ICMP-host", "-A INPUT -j REJECT --reject-with icmp-host-unreachable")]
    [TestCase("-A INPUT -j REJECT --reject-with admin-prohib", "-A INPUT -j REJECT --reject-with icmp-admin-prohibited")]
    [TestCase("-A INPUT -p tcp -j REJECT --reject-with tcp-rst", "-A INPUT -p tcp -j REJECT --reject-with tcp-reset")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j REJECT --reject-with [|nonsense|]", "IPT2016")]
    [TestCase("-A INPUT -j REJECT --reject-with [|icmp6-no-route|]", "IPT2016")]
    [TestCase("-A INPUT -j REJECT [|--reject-with|] tcp-reset", "IPT2041")]
    [TestCase("-A INPUT ! -p tcp -j REJECT [|--reject-with|] tcp-reset", "IPT2041")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);

    [TestCase("-A INPUT -j [|REJECT|]", "IPT2004")]
    public void Refuses_in_mangle(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A INPUT -j [|REJECT|]", "IPT2004")]
    public void Refuses_in_security(string rule, string id) => TargetAssert.Reports("security", rule, id);

    [TestCase("-A INPUT -j REJECT", "-A INPUT -j REJECT --reject-with icmp6-port-unreachable")]
    [TestCase("-A INPUT -j REJECT --reject-with no-route", "-A INPUT -j REJECT --reject-with icmp6-no-route")]
    [TestCase("-A INPUT -j REJECT --reject-with policy-fail", "-A INPUT -j REJECT --reject-with icmp6-policy-fail")]
    [TestCase("-A INPUT -p tcp -j REJECT --reject-with tcp-reset", "-A INPUT -p tcp -j REJECT --reject-with tcp-reset")]
    public void Prints_in_IPv6(string given, string canonical) => TargetAssert.Prints("filter", given, canonical, IPv6);

    [TestCase("-A INPUT -j REJECT --reject-with [|icmp-port-unreachable|]", "IPT2016")]
    public void Refuses_in_IPv6(string rule, string id) => TargetAssert.Reports("filter", rule, id, IPv6);
}
