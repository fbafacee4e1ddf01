using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class QueueTargetTests
{
    private static readonly CompilationOptions Legacy = new() { Flavour = Flavour.Legacy };

    [TestCase("-A INPUT -j [|QUEUE|]", "IPT2043")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);

    [TestCase("-A INPUT -j QUEUE", ExpectedResult = "Queue ToQueue { First = 0, Last = 0, Bypass = False }")]
    public string Does_in_legacy(string rule) => TargetAssert.Action("filter", rule, Legacy);

    [TestCase("-A INPUT -j QUEUE", "-A INPUT -j QUEUE")]
    public void Prints_in_legacy(string given, string canonical) => TargetAssert.Prints("filter", given, canonical, Legacy);
}
