using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class DscpMatchTests
{
    [TestCase("-m dscp --dscp 46", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 dscp 46", ExpectedResult = true)]
    [TestCase("-m dscp --dscp-class EF", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 tos 0xbb", ExpectedResult = true)]
    [TestCase("-m dscp ! --dscp-class AF11", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 dscp 10", ExpectedResult = false)]
    [TestCase("-m dscp --dscp 0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m dscp --dscp-class ef", "-m dscp --dscp 0x2e")]
    [TestCase("-m dscp ! --dscp-class AF43", "-m dscp ! --dscp 0x26")]
    [TestCase("-m dscp --dscp 0", "-m dscp --dscp 0x00")]
    [TestCase("-m dscp --dscp-class EF+", "-m dscp --dscp 0x2e")]
    [TestCase("-m dscp --dscp-class cs7", "-m dscp --dscp 0x38")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m dscp --dscp [|64|]", "IPT2011")]
    [TestCase("-m dscp --dscp-class [|AF44|]", "IPT2016")]
    [TestCase("-m dscp --dscp 1 [|--dscp-class|] CS0", "IPT2054")]
    [TestCase("-m [|dscp|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
