using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class AcceptTargetTests
{
    [TestCase("-A INPUT -j ACCEPT", ExpectedResult = "Accept")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j ACCEPT", "-A INPUT -j ACCEPT")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j ACCEPT [|extra|]", "IPT2058")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
