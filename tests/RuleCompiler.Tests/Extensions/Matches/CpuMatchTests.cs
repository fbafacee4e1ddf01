using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class CpuMatchTests
{
    [TestCase("-m cpu --cpu 0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m cpu ! --cpu 0x3", "-m cpu ! --cpu 3")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m cpu --cpu [|4294967296|]", "IPT2011")]
    [TestCase("-m [|cpu|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
