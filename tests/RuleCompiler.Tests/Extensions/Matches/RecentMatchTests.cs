using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class RecentMatchTests
{
    [TestCase("-m recent --set", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m recent ! --set --name x", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m recent --rcheck --seconds 60", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    [TestCase("-m recent ! --update", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m recent --set", "-m recent --set --name DEFAULT --mask 255.255.255.255 --rsource")]
    [TestCase("-m recent --rcheck --name SSH --hitcount 4 --seconds 60", "-m recent --rcheck --seconds 60 --hitcount 4 --name SSH --mask 255.255.255.255 --rsource")]
    [TestCase("-m recent ! --update --rdest --mask 255.255.255.0 --rttl --reap --seconds 60", "-m recent ! --update --seconds 60 --reap --rttl --name DEFAULT --mask 255.255.255.0 --rdest")]
    [TestCase("-m recent --update --hitcount 0", "-m recent --update --name DEFAULT --mask 255.255.255.255 --rsource")]
    [TestCase("-m recent --set --rsource --rdest", "-m recent --set --name DEFAULT --mask 255.255.255.255 --rdest")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|recent|]", "IPT2030")]
    [TestCase("-m recent --update [|--reap|]", "IPT2031")]
    [TestCase("-m recent --set [|--seconds|] 4", "IPT2032")]
    [TestCase("-m recent --remove [|--hitcount|] 5", "IPT2032")]
    [TestCase("-m recent --set [|--update|]", "IPT2054")]
    [TestCase("-m recent --update --hitcount [|65536|]", "IPT2011")]
    [TestCase("-m recent --set --mask [|foo|]", "IPT2014")]
    [TestCase("-m recent --set --name [|a/b|]", "IPT2020")]
    [TestCase("-m recent --set --name [|..|]", "IPT2020")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
