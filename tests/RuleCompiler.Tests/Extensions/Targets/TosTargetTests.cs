using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class TosTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A INPUT -j TOS --set-tos 0x10", ExpectedResult = "Continue SetTos { Value = 16, Mask = 255 }")]
    [TestCase("-A INPUT -j TOS --and-tos 0xf", ExpectedResult = "Continue SetTos { Value = 0, Mask = 240 }")]
    [TestCase("-A INPUT -j TOS --or-tos 0xf", ExpectedResult = "Continue SetTos { Value = 15, Mask = 15 }")]
    [TestCase("-A INPUT -j TOS --xor-tos 0xf", ExpectedResult = "Continue SetTos { Value = 15, Mask = 0 }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A INPUT -j TOS --set-tos 16", "-A INPUT -j TOS --set-tos 0x10/0xff")]
    [TestCase("-A INPUT -j TOS --set-tos 0x80/0x3f", "-A INPUT -j TOS --set-tos 0x80/0x3f")]
    [TestCase("-A INPUT -j TOS --set-tos minimize-delay", "-A INPUT -j TOS --set-tos 0x10/0x3f")]
    [TestCase("-A INPUT -j TOS --set-tos Normal-Service", "-A INPUT -j TOS --set-tos 0x00/0x3f")]
    [TestCase("-A INPUT -j TOS --and-tos 0xf", "-A INPUT -j TOS --set-tos 0x00/0xf0")]
    [TestCase("-A INPUT -j TOS --or-tos 0xf", "-A INPUT -j TOS --set-tos 0x0f/0x0f")]
    [TestCase("-A INPUT -j TOS --xor-tos 0xf", "-A INPUT -j TOS --set-tos 0x0f/0x00")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A INPUT -j [|TOS|]", "IPT2053")]
    [TestCase("-A INPUT -j TOS --set-tos [|256|]", "IPT2011")]
    [TestCase("-A INPUT -j TOS --set-tos [|0x10/0x100|]", "IPT2011")]
    [TestCase("-A INPUT -j TOS --set-tos [|0x10/|]", "IPT2011")]
    [TestCase("-A INPUT -j TOS --set-tos [|minimize|]", "IPT2016")]
    [TestCase("-A INPUT -j TOS --set-tos 1 [|--and-tos|] 3", "IPT2054")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A INPUT -j [|TOS|] --set-tos 1", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);

    [TestCase("-A INPUT -j TOS --set-tos 0x10", "-A INPUT -j TOS --set-tos 0x10/0xff")]
    public void Prints_in_IPv6(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical, IPv6);
}
