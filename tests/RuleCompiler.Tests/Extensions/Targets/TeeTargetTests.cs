using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class TeeTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A INPUT -j TEE --gateway 10.0.0.2", ExpectedResult = "Continue Other { Text = --gateway 10.0.0.2 }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j TEE --gateway 10.010.3", "-A INPUT -j TEE --gateway 10.8.0.3")]
    [TestCase("-A INPUT -j TEE --oif eth+ --gateway 10.0.0.2", "-A INPUT -j TEE --gateway 10.0.0.2 --oif eth+")]
    [TestCase("-A INPUT -j TEE --gateway 10.0.0.2 --oif abcdefghijklmnop", "-A INPUT -j TEE --gateway 10.0.0.2 --oif abcdefghijklmno")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j [|TEE|]", "IPT2053")]
    [TestCase("-A INPUT -j TEE [|--gateway|] 0.0.0.0", "IPT2044")]
    [TestCase("-A INPUT -j TEE ! [|--gateway|] 10.0.0.2", "IPT2051")]
    [TestCase("-A INPUT -j TEE --gateway [|fd00::1|]", "IPT2014")]
    [TestCase("-A INPUT -j TEE --gateway [|10.256.3|]", "IPT2014")]
    [TestCase("-A INPUT -j TEE --gateway [|10.0.0.0.1|]", "IPT2014")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);

    [TestCase("-A INPUT -j TEE --gateway fd00::1", "-A INPUT -j TEE --gateway fd00::1")]
    public void Prints_in_IPv6(string given, string canonical) => TargetAssert.Prints("filter", given, canonical, IPv6);

    [TestCase("-A INPUT -j TEE [|--gateway|] ::", "IPT2044")]
    public void Refuses_in_IPv6(string rule, string id) => TargetAssert.Reports("filter", rule, id, IPv6);
}
