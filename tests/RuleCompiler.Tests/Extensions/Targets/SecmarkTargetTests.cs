using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class SecmarkTargetTests
{
    [TestCase("-A INPUT -j SECMARK --selctx system_u:object_r:web_t:s0", ExpectedResult = "Continue Other { Text = --selctx system_u:object_r:web_t:s0 }")]
    public string Does(string rule) => TargetAssert.Action("security", rule);

    [TestCase("-A INPUT -j SECMARK --selctx system_u:object_r:web_t:s0", "-A INPUT -j SECMARK --selctx system_u:object_r:web_t:s0")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("security", given, canonical);

    [TestCase("-A INPUT -j [|SECMARK|]", "IPT2053")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("security", rule, id);

    [TestCase("-A INPUT -j [|SECMARK|] --selctx a", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
