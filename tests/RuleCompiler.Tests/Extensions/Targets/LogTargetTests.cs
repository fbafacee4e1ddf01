using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class LogTargetTests
{
    [TestCase("-A INPUT -j LOG", ExpectedResult = "Continue Log { Text =  }")]
    [TestCase("-A INPUT -j LOG --log-level info --log-prefix x", ExpectedResult = "Continue Log { Text = --log-prefix x --log-level 6 }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j LOG", "-A INPUT -j LOG")]
    [TestCase("-A INPUT -j LOG --log-level warning", "-A INPUT -j LOG")]
    [TestCase("-A INPUT -j LOG --log-level 4", "-A INPUT -j LOG")]
    [TestCase("-A INPUT -j LOG --log-level panic", "-A INPUT -j LOG --log-level 0")]
    [TestCase("-A INPUT -j LOG --log-level 0x3", "-A INPUT -j LOG --log-level 3")]
    [TestCase("-A INPUT -j LOG --log-macdecode --log-uid --log-ip-options --log-tcp-options --log-tcp-sequence --log-level debug --log-prefix \"a b\"", "-A INPUT -j LOG --log-prefix \"a b\" --log-level 7 --log-tcp-sequence --log-tcp-options --log-ip-options --log-uid --log-macdecode")]
    [TestCase("-A INPUT -j LOG --log-prefix 123456789012345678901234567890", "-A INPUT -j LOG --log-prefix 12345678901234567890123456789")]
    [TestCase("-A INPUT -j LOG --log-prefix \"éééééééééééééé12\"", "-A INPUT -j LOG --log-prefix \"éééééééééééééé1\"")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j LOG --log-level [|warn|]", "IPT2020")]
    [TestCase("-A INPUT -j LOG --log-level [|INFO|]", "IPT2020")]
    [TestCase("-A INPUT -j LOG --log-level [|8|]", "IPT2020")]
    [TestCase("-A INPUT -j LOG --log-prefix [|\"\"|]", "IPT2020")]
    [TestCase("-A INPUT -j LOG [|--log-prefix|]", "IPT2050")]
    [TestCase("-A INPUT -j LOG ! [|--log-uid|]", "IPT2051")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
