using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class RpfilterMatchTests
{
    [TestCase("-m rpfilter", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0")]
    [TestCase("-m rpfilter --loose --invert", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m rpfilter", "-m rpfilter")]
    [TestCase("-m rpfilter --invert --accept-local --validmark --loose", "-m rpfilter --loose --validmark --accept-local --invert")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m rpfilter ! [|--loose|]", "IPT2051")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("-m [|rpfilter|]", "IPT2004", "INPUT")]
    public void Refuses_in_chain(string match, string id, string chain) =>
        ExtensionAssert.Reports(match, id, chain: chain);
}
