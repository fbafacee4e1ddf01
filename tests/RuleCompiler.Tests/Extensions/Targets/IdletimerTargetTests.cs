using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class IdletimerTargetTests
{
    [TestCase("-A INPUT -j IDLETIMER --timeout 42 --label foo", ExpectedResult = "Continue Other { Text = --timeout 42 --label foo }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j IDLETIMER --alarm --label foo --timeout 42", "-A INPUT -j IDLETIMER --timeout 42 --label foo --alarm")]
    [TestCase("-A INPUT -j IDLETIMER --timeout 42 --label aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "-A INPUT -j IDLETIMER --timeout 42 --label aaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j [|IDLETIMER|] --timeout 42", "IPT2053")]
    [TestCase("-A INPUT -j [|IDLETIMER|] --label foo", "IPT2053")]
    [TestCase("-A INPUT -j IDLETIMER --label foo --timeout [|0|]", "IPT2011")]
    [TestCase("-A INPUT -j IDLETIMER [|--label|] a/b --timeout 1", "IPT2020")]
    [TestCase("-A INPUT -j IDLETIMER [|--label|] power --timeout 1", "IPT2020")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
