using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class DnptTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A PREROUTING -j DNPT --src-pfx fd01::/48 --dst-pfx 2001:db8:1::/48", ExpectedResult = "Continue MapPrefix { IsSource = False, From = fd01::, To = 2001:db8:1::, Length = 48 }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule, IPv6);

    [TestCase("-A PREROUTING -j DNPT --dst-pfx 2001:db8:1::/48 --src-pfx fd01::/ffff:ffff:ffff::", "-A PREROUTING -j DNPT --src-pfx fd01::/48 --dst-pfx 2001:db8:1::/48")]
    [TestCase("-A PREROUTING -j DNPT --src-pfx fd01::/64 --dst-pfx fd02::/48", "-A PREROUTING -j DNPT --src-pfx fd01::/64 --dst-pfx fd02::/48")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical, IPv6);

    [TestCase("-A PREROUTING -j [|DNPT|] --src-pfx fd01::/48", "IPT2053")]
    [TestCase("-A PREROUTING -j DNPT --src-pfx [|fd01::1|] --dst-pfx fd02::/48", "IPT2020")]
    [TestCase("-A PREROUTING -j DNPT --src-pfx fd01::/48 --dst-pfx [|fd02::1/48|]", "IPT2020")]
    [TestCase("-A PREROUTING -j DNPT --src-pfx [|fd01::/65|] --dst-pfx fd02::/48", "IPT2020")]
    [TestCase("-A POSTROUTING -j [|DNPT|] --src-pfx fd01::/48 --dst-pfx 2001:db8:1::/48", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id, IPv6);

    [TestCase("-A INPUT -j [|DNPT|] --src-pfx fd01::/48 --dst-pfx 2001:db8:1::/48", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id, IPv6);
}
