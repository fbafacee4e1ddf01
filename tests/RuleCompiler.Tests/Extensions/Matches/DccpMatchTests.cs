using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class DccpMatchTests
{
    [TestCase("-p dccp --dport 8:9", "dccp 10.0.0.1:1 -> 10.0.0.2:8", ExpectedResult = true)]
    [TestCase("-p dccp ! --dport 8:9", "dccp 10.0.0.1:1 -> 10.0.0.2:8", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p dccp --dccp-types ACK", "dccp 10.0.0.1:1 -> 10.0.0.2:8")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-p dccp -m dccp --dccp-option 7 ! --dccp-types INVALID,DATA --sport 5", "-p dccp -m dccp --sport 5 ! --dccp-types DATA,INVALID --dccp-option 7")]
    [TestCase("-p dccp -m dccp --sport 080:0443", "-p dccp -m dccp --sport 80:443")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-p dccp -m dccp --dccp-types [|FOO|]", "IPT2016")]
    [TestCase("-p dccp -m dccp --sport [|0x50|]", "IPT2013")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
