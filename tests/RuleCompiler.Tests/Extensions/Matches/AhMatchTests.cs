using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class AhMatchTests
{
    [TestCase("-p ah -m ah", "ah 10.0.0.1 -> 10.0.0.2", ExpectedResult = true)]
    [TestCase("-p ah -m ah --ahspi :", "ah 10.0.0.1 -> 10.0.0.2", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p ah -m ah --ahspi 5", "ah 10.0.0.1 -> 10.0.0.2")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-p ah -m ah --ahspi :", "-p ah -m ah")]
    [TestCase("-p ah -m ah ! --ahspi 3:", "-p ah -m ah ! --ahspi 3:4294967295")]
    [TestCase("-p ah -m ah ! --ahspi :", "-p ah -m ah ! --ahspi 0:4294967295")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|ah|] --ahspi 0", "IPT2055")]
    [TestCase("-p ah -m ah --ahspi [|4294967296|]", "IPT2011")]
    [TestCase("-p ah -m ah --ahspi [|9:5|]", "IPT2012")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
