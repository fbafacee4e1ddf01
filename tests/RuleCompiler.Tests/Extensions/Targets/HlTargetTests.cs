using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class HlTargetTests
{
    private static readonly CompilationOptions IPv6 = new() { Family = Family.IPv6 };

    [TestCase("-A INPUT -j HL --hl-set 64", ExpectedResult = "Continue SetTtl { IsRelative = False, Value = 64 }")]
    [TestCase("-A INPUT -j HL --hl-inc 1", ExpectedResult = "Continue SetTtl { IsRelative = True, Value = 1 }")]
    [TestCase("-A INPUT -j HL --hl-dec 2", ExpectedResult = "Continue SetTtl { IsRelative = True, Value = -2 }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule, IPv6);

    [TestCase("-A INPUT -j HL --hl-set 0", "-A INPUT -j HL --hl-set 0")]
    [TestCase("-A INPUT -j HL --hl-inc 255", "-A INPUT -j HL --hl-inc 255")]
    [TestCase("-A INPUT -j HL --hl-dec 1", "-A INPUT -j HL --hl-dec 1")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical, IPv6);

    [TestCase("-A INPUT -j [|HL|]", "IPT2053")]
    [TestCase("-A INPUT -j HL --hl-set [|256|]", "IPT2011")]
    [TestCase("-A INPUT -j HL --hl-inc [|0|]", "IPT2011")]
    [TestCase("-A INPUT -j HL --hl-dec [|0|]", "IPT2011")]
    [TestCase("-A INPUT -j HL --hl-dec 1 [|--hl-inc|] 1", "IPT2054")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id, IPv6);

    [TestCase("-A INPUT -j [|HL|] --hl-set 3", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id, IPv6);
}
