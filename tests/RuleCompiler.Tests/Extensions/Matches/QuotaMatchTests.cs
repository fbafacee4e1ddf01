using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class QuotaMatchTests
{
    [TestCase("-m quota --quota 5000", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m quota ! --quota 18446744073709551615", "-m quota ! --quota 18446744073709551615")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m quota --quota [|18446744073709551616|]", "IPT2011")]
    [TestCase("-m [|quota|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
