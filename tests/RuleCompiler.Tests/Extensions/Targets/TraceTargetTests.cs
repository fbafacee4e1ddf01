using NUnit.Framework;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class TraceTargetTests
{
    private static readonly CompilationOptions Legacy = new() { Flavour = Flavour.Legacy };

    [TestCase("-A INPUT -j TRACE", ExpectedResult = "Continue Other { Text =  }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j TRACE", "-A INPUT -j TRACE")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A OUTPUT -j TRACE", "-A OUTPUT -j TRACE")]
    public void Prints_in_legacy(string given, string canonical) => TargetAssert.Prints("raw", given, canonical, Legacy);

    [TestCase("-A INPUT -j [|TRACE|]", "IPT2004")]
    public void Refuses_in_legacy(string rule, string id) => TargetAssert.Reports("filter", rule, id, Legacy);
}
