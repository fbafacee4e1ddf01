using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class OsfMatchTests
{
    [TestCase("-p tcp -m osf --genre Linux", ExpectedResult = false)]
    [TestCase("-p tcp -m osf ! --genre Linux", ExpectedResult = false)]
    public bool Decides_without_syn(string match) =>
        ExtensionAssert.Matches(match, "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 flags ACK");

    [TestCase("-p tcp -m osf --genre Linux", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-p tcp -m osf --log 1 --ttl 2 --genre Linux", "-p tcp -m osf --genre Linux --ttl 2 --log 1")]
    [TestCase("-p tcp -m osf ! --genre Linux --ttl 0", "-p tcp -m osf ! --genre Linux --ttl 0")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|osf|] --genre Linux", "IPT2055")]
    [TestCase("-p tcp -m [|osf|] --ttl 1", "IPT2053")]
    [TestCase("-p tcp -m osf --genre Linux --ttl [|3|]", "IPT2011")]
    [TestCase("-p tcp -m osf --genre Linux ! [|--log|] 1", "IPT2051")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("-p tcp -m [|osf|] --genre Linux", "IPT2004", "OUTPUT")]
    public void Refuses_in_chain(string match, string id, string chain) =>
        ExtensionAssert.Reports(match, id, chain: chain);
}
