using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class OwnerMatchTests
{
    [TestCase("-m owner --uid-owner 1337", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 uid 1337", ExpectedResult = true)]
    [TestCase("-m owner ! --uid-owner 1337", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m owner --uid-owner 0-2000 ! --gid-owner 5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 uid 7 gid 6", ExpectedResult = true)]
    [TestCase("-m owner ! --uid-owner 0 --gid-owner 5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m owner ! --uid-owner 0 ! --gid-owner 5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m owner --socket-exists", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 uid 1", ExpectedResult = true)]
    [TestCase("-m owner --socket-exists", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m owner ! --socket-exists", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m owner --socket-exists", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 socket kernel", ExpectedResult = true)]
    [TestCase("-m owner --gid-owner 77", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 uid 1 gid 2 groups 77,78", ExpectedResult = false)]
    [TestCase("-m owner --gid-owner 77 --suppl-groups", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 uid 1 gid 2 groups 77,78", ExpectedResult = true)]
    [TestCase("-m owner ! --gid-owner 77 --suppl-groups", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 uid 1 gid 2 groups 77,78", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m owner --uid-owner 7-7", "-m owner --uid-owner 7")]
    [TestCase("-m owner --gid-owner 5:6 --uid-owner root", "-m owner --uid-owner 0 --gid-owner 5-6")]
    [TestCase("-m owner ! --gid-owner 5 --suppl-groups", "-m owner ! --gid-owner 5 --suppl-groups")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m owner --uid-owner [|-1|]", "IPT2011")]
    [TestCase("-m owner --uid-owner [|4294967295|]", "IPT2011")]
    [TestCase("-m owner --uid-owner [|2000-1000|]", "IPT2012")]
    [TestCase("-m owner --uid-owner [|envoy|]", "IPT2021")]
    [TestCase("-m owner --uid-owner 5 [|--suppl-groups|]", "IPT2031")]
    [TestCase("-m owner [|--suppl-groups|] --gid-owner 5", "IPT2031")]
    [TestCase("-m [|owner|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);

    [TestCase("-m [|owner|] --uid-owner 5", "IPT2004", "INPUT")]
    public void Refuses_in_chain(string match, string id, string chain) =>
        ExtensionAssert.Reports(match, id, chain: chain);
}
