using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class ConnlabelMatchTests
{
    [TestCase("-m connlabel --label 5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m connlabel --set ! --label 5", "-m connlabel ! --label \"5\" --set")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m connlabel --label [|128|]", "IPT2011")]
    [TestCase("-m [|connlabel|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
