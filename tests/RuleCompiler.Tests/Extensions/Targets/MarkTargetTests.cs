using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class MarkTargetTests
{
    [TestCase("-A INPUT -j MARK --set-mark 5", ExpectedResult = "Continue SetMark { Value = 5, Mask = 4294967295 }")]
    [TestCase("-A INPUT -j MARK --set-xmark 0x5/0xf", ExpectedResult = "Continue SetMark { Value = 5, Mask = 15 }")]
    [TestCase("-A INPUT -j MARK --and-mark 0xf", ExpectedResult = "Continue SetMark { Value = 0, Mask = 4294967280 }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j MARK --set-mark 5", "-A INPUT -j MARK --set-xmark 0x5/0xffffffff")]
    [TestCase("-A INPUT -j MARK --set-mark 0x100/0xff", "-A INPUT -j MARK --set-xmark 0x100/0x1ff")]
    [TestCase("-A INPUT -j MARK --set-xmark 4294967295", "-A INPUT -j MARK --set-xmark 0xffffffff/0xffffffff")]
    [TestCase("-A INPUT -j MARK --and-mark 0xf", "-A INPUT -j MARK --set-xmark 0x0/0xfffffff0")]
    [TestCase("-A INPUT -j MARK --or-mark 0xf", "-A INPUT -j MARK --set-xmark 0xf/0xf")]
    [TestCase("-A INPUT -j MARK --xor-mark 0xf", "-A INPUT -j MARK --set-xmark 0xf/0x0")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j [|MARK|]", "IPT2053")]
    [TestCase("-A INPUT -j MARK --set-mark [|4294967296|]", "IPT2011")]
    [TestCase("-A INPUT -j MARK --set-mark [|-1|]", "IPT2011")]
    [TestCase("-A INPUT -j MARK --set-mark 5 [|--or-mark|] 3", "IPT2054")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
