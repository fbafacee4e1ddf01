using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class ConnsecmarkTargetTests
{
    [TestCase("-A INPUT -j CONNSECMARK --save", ExpectedResult = "Continue Other { Text = --save }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A INPUT -j CONNSECMARK --restore", "-A INPUT -j CONNSECMARK --restore")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A INPUT -j [|CONNSECMARK|]", "IPT2053")]
    [TestCase("-A INPUT -j CONNSECMARK --save [|--restore|]", "IPT2054")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A INPUT -j [|CONNSECMARK|] --save", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
