using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class TtlTargetTests
{
    [TestCase("-A INPUT -j TTL --ttl-set 64", ExpectedResult = "Continue SetTtl { IsRelative = False, Value = 64 }")]
    [TestCase("-A INPUT -j TTL --ttl-inc 1", ExpectedResult = "Continue SetTtl { IsRelative = True, Value = 1 }")]
    [TestCase("-A INPUT -j TTL --ttl-dec 2", ExpectedResult = "Continue SetTtl { IsRelative = True, Value = -2 }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A INPUT -j TTL --ttl-set 0", "-A INPUT -j TTL --ttl-set 0")]
    [TestCase("-A INPUT -j TTL --ttl-inc 255", "-A INPUT -j TTL --ttl-inc 255")]
    [TestCase("-A INPUT -j TTL --ttl-dec 1", "-A INPUT -j TTL --ttl-dec 1")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A INPUT -j [|TTL|]", "IPT2053")]
    [TestCase("-A INPUT -j TTL --ttl-set [|256|]", "IPT2011")]
    [TestCase("-A INPUT -j TTL --ttl-inc [|0|]", "IPT2011")]
    [TestCase("-A INPUT -j TTL --ttl-dec [|0|]", "IPT2011")]
    [TestCase("-A INPUT -j TTL --ttl-dec 1 [|--ttl-inc|] 1", "IPT2054")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A INPUT -j [|TTL|] --ttl-set 3", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
