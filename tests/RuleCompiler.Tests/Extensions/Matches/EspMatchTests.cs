using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class EspMatchTests
{
    [TestCase("-p esp -m esp", "esp 10.0.0.1 -> 10.0.0.2", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-p esp --espspi 0x100", "esp 10.0.0.1 -> 10.0.0.2")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-p esp -m esp --espspi 0x100", "-p esp -m esp --espspi 256")]
    [TestCase("-p esp -m esp --espspi 0:4294967295", "-p esp -m esp")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|esp|] --espspi 0", "IPT2055")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
