using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class CgroupMatchTests
{
    [TestCase("-m cgroup --cgroup 5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m cgroup ! --cgroup 0x10", "-m cgroup ! --cgroup 16")]
    [TestCase("-m cgroup --path /", "-m cgroup --path \"/\"")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m cgroup --cgroup 1 [|--path|] /", "IPT2054")]
    [TestCase("-m [|cgroup|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("PREROUTING")]
    [TestCase("FORWARD")]
    public void Refuses_in(string chain) => ExtensionAssert.Reports("-m [|cgroup|] --cgroup 1", "IPT2004", chain: chain);
}
