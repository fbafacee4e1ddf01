using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class NotrackTargetTests
{
    [TestCase("-A PREROUTING -j NOTRACK", ExpectedResult = "Notrack Untrack { }")]
    public string Does(string rule) => TargetAssert.Action("raw", rule);

    [TestCase("-A OUTPUT -j NOTRACK", "-A OUTPUT -j NOTRACK")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("raw", given, canonical);

    [TestCase("-A PREROUTING -j [|NOTRACK|]", "IPT2004")]
    public void Refuses_in_mangle(string rule, string id) => TargetAssert.Reports("mangle", rule, id);
}
