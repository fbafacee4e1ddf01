using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class NfacctMatchTests
{
    [TestCase("-m nfacct --nfacct-name web", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m nfacct --nfacct-name web", "-m nfacct --nfacct-name  web")]
    [TestCase("-m nfacct --nfacct-name \"a b\"", "-m nfacct --nfacct-name  \"a b\"")]
    [TestCase("-m nfacct --nfacct-name 12345678901234567890123456789012", "-m nfacct --nfacct-name  1234567890123456789012345678901")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|nfacct|]", "IPT2053")]
    [TestCase("-m nfacct ! [|--nfacct-name|] web", "IPT2051")]
    [TestCase("-m nfacct --nfacct-name [|\"\"|]", "IPT2020")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
