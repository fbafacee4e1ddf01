using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class ClassifyTargetTests
{
    [TestCase("-A POSTROUTING -j CLASSIFY --set-class 1:10", ExpectedResult = "Continue Other { Text = --set-class 0001:0010 }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A POSTROUTING -j CLASSIFY --set-class 0x1:0x10", "-A POSTROUTING -j CLASSIFY --set-class 0001:0010")]
    [TestCase("-A FORWARD -j CLASSIFY --set-class ffff:ffff", "-A FORWARD -j CLASSIFY --set-class ffff:ffff")]
    [TestCase("-A OUTPUT -j CLASSIFY --set-class 12345:1", "-A OUTPUT -j CLASSIFY --set-class 2345:0001")]
    [TestCase("-A FORWARD -j CLASSIFY --set-class 1:2:3", "-A FORWARD -j CLASSIFY --set-class 0001:0002")]
    [TestCase("-A FORWARD -j CLASSIFY --set-class -1:0x1x", "-A FORWARD -j CLASSIFY --set-class ffff:0001")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A POSTROUTING -j [|CLASSIFY|]", "IPT2053")]
    [TestCase("-A POSTROUTING -j CLASSIFY --set-class [|1|]", "IPT2020")]
    [TestCase("-A POSTROUTING -j CLASSIFY --set-class [|1:|]", "IPT2020")]
    [TestCase("-A POSTROUTING -j CLASSIFY --set-class [|x:2|]", "IPT2020")]
    [TestCase("-A INPUT -j [|CLASSIFY|] --set-class 1:2", "IPT2004")]
    [TestCase("-A PREROUTING -j [|CLASSIFY|] --set-class 1:2", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);
}
