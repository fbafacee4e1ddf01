using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class IprangeMatchTests
{
    [TestCase("-m iprange --dst-range 10.0.0.2-10.0.0.9", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m iprange --dst-range 10.0.0.3-10.0.0.9", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m iprange ! --dst-range 10.0.0.3-10.0.0.9 --src-range 10.0.0.1", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m iprange --dst-range 10.0.0.9-10.0.0.1", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m iprange ! --dst-range 10.0.0.9-10.0.0.1", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m iprange --dst-range 1.1.1.1-1.1.1.2 ! --src-range 1.1.1.1", "-m iprange ! --src-range 1.1.1.1-1.1.1.1 --dst-range 1.1.1.1-1.1.1.2")]
    [TestCase("-m iprange --src-range 10.1-012.3", "-m iprange --src-range 10.1.0.0-10.3.0.0")]
    [TestCase("-m iprange --src-range 10.0.0.9-10.0.0.1", "-m iprange --src-range 10.0.0.9-10.0.0.1")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m iprange --src-range [|10.0.0.0/24|]", "IPT2020")]
    [TestCase("-m iprange --src-range [|10.0.0.9-|]", "IPT2020")]
    [TestCase("-m iprange --src-range [|fd00::1|]", "IPT2020")]
    [TestCase("-m [|iprange|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
