using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class AuditTargetTests
{
    [TestCase("-A INPUT -j AUDIT --type drop", ExpectedResult = "Continue Log { Text = --type drop }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j AUDIT --type ACCEPT", "-A INPUT -j AUDIT --type accept")]
    [TestCase("-A INPUT -j AUDIT --type reject", "-A INPUT -j AUDIT --type reject")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j [|AUDIT|]", "IPT2053")]
    [TestCase("-A INPUT -j AUDIT --type [|wrong|]", "IPT2016")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
