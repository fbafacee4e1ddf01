using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class DropTargetTests
{
    [TestCase("-A INPUT -j DROP", ExpectedResult = "Drop")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j DROP", "-A INPUT -j DROP")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A OUTPUT -j [|DROP|]", "IPT2004")]
    public void Refuses_in_nat(string rule, string id) => TargetAssert.Reports("nat", rule, id);
}
