using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class ConnbytesMatchTests
{
    [TestCase("-m connbytes --connbytes 5:10 --connbytes-mode packets --connbytes-dir both", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state INVALID", ExpectedResult = false)]
    [TestCase("-m connbytes ! --connbytes 5:10 --connbytes-mode packets --connbytes-dir both", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state UNTRACKED", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m connbytes --connbytes 5 --connbytes-mode bytes --connbytes-dir original", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m connbytes --connbytes-dir both --connbytes-mode packets --connbytes 5:", "-m connbytes --connbytes 5 --connbytes-mode packets --connbytes-dir both")]
    [TestCase("-m connbytes ! --connbytes :7 --connbytes-mode avgpkt --connbytes-dir reply", "-m connbytes ! --connbytes 0:7 --connbytes-mode avgpkt --connbytes-dir reply")]
    [TestCase("-m connbytes --connbytes 5:5 --connbytes-mode avgpkt --connbytes-dir reply", "-m connbytes --connbytes 5:5 --connbytes-mode avgpkt --connbytes-dir reply")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m connbytes --connbytes [|5:4|] --connbytes-mode avgpkt --connbytes-dir reply", "IPT2012")]
    [TestCase("-m connbytes --connbytes 5 --connbytes-mode [|wrong|] --connbytes-dir both", "IPT2016")]
    [TestCase("-m [|connbytes|] --connbytes 5 --connbytes-mode bytes", "IPT2053")]
    [TestCase("-m connbytes --connbytes 5 --connbytes-mode [|BYTES|] --connbytes-dir both", "IPT2016")]
    [TestCase("-m connbytes --connbytes 5 --connbytes-mode bytes --connbytes-dir [|Both|]", "IPT2016")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
