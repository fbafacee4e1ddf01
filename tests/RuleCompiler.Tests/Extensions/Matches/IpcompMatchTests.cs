using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class IpcompMatchTests
{
    [TestCase("-p ipcomp -m ipcomp --ipcompspi :", "108 10.0.0.1 -> 10.0.0.2", ExpectedResult = true)]
    [TestCase("-p ipcomp -m ipcomp --ipcompspi :65535 --compres", "108 10.0.0.1 -> 10.0.0.2", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p ipcomp --ipcompspi 5", "108 10.0.0.1 -> 10.0.0.2")]
    [TestCase("-p ipcomp -m ipcomp", "108 10.0.0.1 -> 10.0.0.2")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-p ipcomp -m ipcomp --compres --ipcompspi 5:9", "-p ipcomp -m ipcomp --ipcompspi 5:9 --compres")]
    [TestCase("-p ipcomp -m ipcomp", "-p ipcomp -m ipcomp --ipcompspi 0")]
    [TestCase("-p ipcomp -m ipcomp --compres", "-p ipcomp -m ipcomp --ipcompspi 0 --compres")]
    [TestCase("-p ipcomp -m ipcomp --ipcompspi :4", "-p ipcomp -m ipcomp --ipcompspi 0:4")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|ipcomp|] --ipcompspi 5", "IPT2055")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
