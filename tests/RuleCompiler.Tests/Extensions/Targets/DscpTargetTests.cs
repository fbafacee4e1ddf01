using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class DscpTargetTests
{
    [TestCase("-A INPUT -j DSCP --set-dscp 10", ExpectedResult = "Continue SetTos { Value = 40, Mask = 252 }")]
    [TestCase("-A INPUT -j DSCP --set-dscp-class EF", ExpectedResult = "Continue SetTos { Value = 184, Mask = 252 }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A INPUT -j DSCP --set-dscp 0", "-A INPUT -j DSCP --set-dscp 0x00")]
    [TestCase("-A INPUT -j DSCP --set-dscp-class ef", "-A INPUT -j DSCP --set-dscp 0x2e")]
    [TestCase("-A INPUT -j DSCP --set-dscp-class AF43", "-A INPUT -j DSCP --set-dscp 0x26")]
    [TestCase("-A INPUT -j DSCP --set-dscp-class CS7", "-A INPUT -j DSCP --set-dscp 0x38")]
    [TestCase("-A INPUT -j DSCP --set-dscp-class BE", "-A INPUT -j DSCP --set-dscp 0x00")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A INPUT -j [|DSCP|]", "IPT2053")]
    [TestCase("-A INPUT -j DSCP --set-dscp [|64|]", "IPT2011")]
    [TestCase("-A INPUT -j DSCP --set-dscp [|EF|]", "IPT2011")]
    [TestCase("-A INPUT -j DSCP --set-dscp-class [|LE|]", "IPT2016")]
    [TestCase("-A INPUT -j DSCP --set-dscp-class EF [|--set-dscp|] 4", "IPT2054")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A INPUT -j [|DSCP|] --set-dscp 4", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
