using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class ConnlimitMatchTests
{
    [TestCase("-m connlimit --connlimit-above 3", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m connlimit --connlimit-above 10", "-m connlimit --connlimit-above 10 --connlimit-mask 32 --connlimit-saddr")]
    [TestCase("-m connlimit ! --connlimit-upto 10 --connlimit-daddr", "-m connlimit --connlimit-above 10 --connlimit-mask 32 --connlimit-daddr")]
    [TestCase("-m connlimit ! --connlimit-above 10 --connlimit-mask 0", "-m connlimit --connlimit-upto 10 --connlimit-mask 0 --connlimit-saddr")]
    [TestCase("-m connlimit --connlimit-above 10 --connlimit-mask 255.255.255.0", "-m connlimit --connlimit-above 10 --connlimit-mask 24 --connlimit-saddr")]
    [TestCase("-m connlimit --connlimit-above 10 --connlimit-mask 33", "-m connlimit --connlimit-above 10 --connlimit-mask 32 --connlimit-saddr")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|connlimit|] --connlimit-mask 24", "IPT2030")]
    [TestCase("-m connlimit --connlimit-upto 1 [|--connlimit-above|] 2", "IPT2054")]
    [TestCase("-m connlimit --connlimit-above [|-1|]", "IPT2011")]
    [TestCase("-m connlimit --connlimit-above 1 --connlimit-saddr [|--connlimit-daddr|]", "IPT2054")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
