using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class ReturnTargetTests
{
    [TestCase("-A INPUT -j RETURN", ExpectedResult = "Return")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j RETURN", "-A INPUT -j RETURN")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j RETURN [|extra|]", "IPT2058")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
