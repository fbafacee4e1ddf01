using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class LengthMatchTests
{
    [TestCase("-m length --length 60", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 length 60", ExpectedResult = true)]
    [TestCase("-m length --length 61:", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 length 60", ExpectedResult = false)]
    [TestCase("-m length ! --length :59", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 length 60", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m length --length 60", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m length --length 60:", "-m length --length 60:65535")]
    [TestCase("-m length --length :", "-m length --length 0:65535")]
    [TestCase("-m length ! --length 60:60", "-m length ! --length 60")]
    [TestCase("-m length --length 0x40", "-m length --length 64")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m length --length [|65536|]", "IPT2011")]
    [TestCase("-m length --length [|40:60:80|]", "IPT2011")]
    [TestCase("-m length --length [|60:40|]", "IPT2012")]
    [TestCase("-m [|length|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
