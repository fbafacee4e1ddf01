using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class SctpMatchTests
{
    [TestCase("-p sctp --dport 5", "sctp 10.0.0.1:1 -> 10.0.0.2:5", ExpectedResult = true)]
    [TestCase("-p sctp ! --dport 5", "sctp 10.0.0.1:1 -> 10.0.0.2:5", ExpectedResult = false)]
    [TestCase("-p sctp --chunk-types any NONE", "sctp 10.0.0.1:1 -> 10.0.0.2:5", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p sctp --chunk-types any DATA", "sctp 10.0.0.1:1 -> 10.0.0.2:5")]
    [TestCase("-p sctp ! --chunk-types all DATA:Be,INIT", "sctp 10.0.0.1:1 -> 10.0.0.2:5")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-p sctp -m sctp --dport 0:65535", "-p sctp -m sctp --dport 0:65535")]
    [TestCase("-p sctp -m sctp --chunk-types all DATA:uBE,init", "-p sctp -m sctp --chunk-types all DATA:uBE,INIT")]
    [TestCase("-p sctp -m sctp ! --chunk-types only ASCONF,ABORT:T,DATA:uBei", "-p sctp -m sctp ! --chunk-types only DATA:iuBe,ABORT:T,ASCONF")]
    [TestCase("-p sctp -m sctp --chunk-types only ALL", "-p sctp -m sctp --chunk-types only ALL")]
    [TestCase("-p sctp -m sctp --chunk-types any ,INIT,", "-p sctp -m sctp --chunk-types any INIT")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-p sctp -m sctp --chunk-types [|some|] DATA", "IPT2016")]
    [TestCase("-p sctp -m sctp --chunk-types any [|foo|]", "IPT2020")]
    [TestCase("-p sctp -m sctp --chunk-types any [|INIT:B|]", "IPT2020")]
    [TestCase("-p sctp -m sctp --dport [|http|]", "IPT2013")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
