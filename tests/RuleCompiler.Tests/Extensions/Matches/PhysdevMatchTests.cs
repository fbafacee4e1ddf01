using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class PhysdevMatchTests
{
    [TestCase("-m physdev --physdev-in p0", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 physin p0", ExpectedResult = true)]
    [TestCase("-m physdev --physdev-in p+", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0", ExpectedResult = false)]
    [TestCase("-m physdev ! --physdev-in p0", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0", ExpectedResult = true)]
    [TestCase("-m physdev ! --physdev-in p0", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 physin p0", ExpectedResult = false)]
    [TestCase("-m physdev --physdev-is-in", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 physin p0", ExpectedResult = true)]
    [TestCase("-m physdev ! --physdev-is-in", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0", ExpectedResult = true)]
    [TestCase("-m physdev --physdev-out p1", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 physin p0 physout p1", ExpectedResult = true)]
    [TestCase("-m physdev ! --physdev-out p1", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 physin p0 physout p1", ExpectedResult = false)]
    [TestCase("-m physdev ! --physdev-out p2", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0", ExpectedResult = true)]
    [TestCase("-m physdev ! --physdev-out p2", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 physin p0", ExpectedResult = false)]
    [TestCase("-m physdev --physdev-out +", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 physin p0", ExpectedResult = false)]
    [TestCase("-m physdev --physdev-is-out", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 physin p0", ExpectedResult = false)]
    [TestCase("-m physdev ! --physdev-is-out", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 physin p0", ExpectedResult = true)]
    [TestCase("-m physdev --physdev-is-bridged", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0 physin p0 physout p1", ExpectedResult = true)]
    [TestCase("-m physdev ! --physdev-is-bridged", "tcp 10.0.0.2:1000 -> 10.0.0.1:80 in eth0", ExpectedResult = true)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m physdev --physdev-is-bridged --physdev-out eth1 --physdev-in eth+", "-m physdev --physdev-in eth+ --physdev-out eth1 --physdev-is-bridged")]
    [TestCase("-m physdev ! --physdev-is-in ! --physdev-is-out", "-m physdev ! --physdev-is-in ! --physdev-is-out")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|physdev|]", "IPT2053")]
    [TestCase("-m physdev --physdev-in [|averyveryverylongname|]", "IPT2018")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("-m [|physdev|] --physdev-out eth1", "IPT2004", "OUTPUT")]
    public void Refuses_in_chain(string match, string id, string chain) =>
        ExtensionAssert.Reports(match, id, chain: chain);
}
