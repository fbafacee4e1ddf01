using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class HelperMatchTests
{
    [TestCase("-m helper --helper ftp", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m helper ! --helper ftp", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m helper --helper ftp", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state INVALID", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m helper --helper ftp", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 state RELATED ctstatus EXPECTED")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m helper ! --helper \"ftp-21\"", "-m helper ! --helper ftp-21")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m helper --helper [|a-name-that-is-longer-than-29-bytes|]", "IPT2019")]
    [TestCase("-m [|helper|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
