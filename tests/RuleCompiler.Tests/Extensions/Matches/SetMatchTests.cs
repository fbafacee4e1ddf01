using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class SetMatchTests
{
    [TestCase("-m set --match-set s dst", "tcp 10.0.0.1:1 -> 10.0.0.9:2", ExpectedResult = true)]
    [TestCase("-m set --match-set s src", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m set ! --match-set s dst", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m set --match-set other dst", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 in-set other", ExpectedResult = true)]
    [TestCase("-m set ! --match-set other dst", "tcp 10.0.0.1:1000 -> 10.0.0.2:80 in-set other", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m set --match-set other dst", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    [TestCase("-m set ! --match-set other dst", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    [TestCase("-m set --match-set s dst --return-nomatch", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    [TestCase("-m set --match-set s dst --packets-gt 5", "tcp 10.0.0.1:1 -> 10.0.0.9:2")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m set --set s src,dst", "-m set --match-set s src,dst")]
    [TestCase("-m set --match-set s src --update-counters", "-m set --match-set s src")]
    [TestCase("-m set --bytes-gt 3 --packets-lt 5 ! --update-subcounters ! --update-counters --return-nomatch --match-set s src", "-m set --match-set s src --return-nomatch ! --update-counters ! --update-subcounters --packets-lt 5 --bytes-gt 3")]
    [TestCase("-m set ! --match-set s dst ! --packets-eq 5", "-m set ! --match-set s dst ! --packets-eq 5")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m set --match-set s [|SRC|]", "IPT2020")]
    [TestCase("-m set --match-set s [|src,src,src,src,src,src,src|]", "IPT2020")]
    [TestCase("-m set --match-set [|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa|] src", "IPT2019")]
    [TestCase("-m set --match-set s src ! [|--return-nomatch|]", "IPT2051")]
    [TestCase("-m set --match-set s src --packets-gt 5 [|--packets-lt|] 3", "IPT2054")]
    [TestCase("-m [|set|]", "IPT2053")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
