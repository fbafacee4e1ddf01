using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class HashlimitMatchTests
{
    [TestCase("-m hashlimit --hashlimit-above 5/s --hashlimit-name x", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m hashlimit --hashlimit 5/min --hashlimit-name x", "-m hashlimit --hashlimit-upto 5/min --hashlimit-burst 5 --hashlimit-name x")]
    [TestCase("-m hashlimit --hashlimit-upto 5/min --hashlimit-name x --hashlimit-mode srcip,dstport,dstip,srcport", "-m hashlimit --hashlimit-upto 5/min --hashlimit-burst 5 --hashlimit-mode srcip,srcport,dstip,dstport --hashlimit-name x")]
    [TestCase("-m hashlimit ! --hashlimit-upto 5/s --hashlimit-burst 7 --hashlimit-name x", "-m hashlimit --hashlimit-above 5/sec --hashlimit-burst 7 --hashlimit-name x")]
    [TestCase("-m hashlimit ! --hashlimit-above 5/s --hashlimit-name x", "-m hashlimit --hashlimit-upto 5/sec --hashlimit-burst 5 --hashlimit-name x")]
    [TestCase("-m hashlimit --hashlimit-above 5/s --hashlimit-name x --hashlimit-srcmask 24 --hashlimit-dstmask 32 --hashlimit-htable-size 100 --hashlimit-htable-max 1000 --hashlimit-htable-expire 3 --hashlimit-htable-gcinterval 5", "-m hashlimit --hashlimit-above 5/sec --hashlimit-burst 5 --hashlimit-name x --hashlimit-htable-size 100 --hashlimit-htable-max 1000 --hashlimit-htable-gcinterval 5 --hashlimit-htable-expire 3 --hashlimit-srcmask 24")]
    [TestCase("-m hashlimit --hashlimit-upto 120/min --hashlimit-name x", "-m hashlimit --hashlimit-upto 2/sec --hashlimit-burst 5 --hashlimit-name x --hashlimit-htable-expire 60000")]
    [TestCase("-m hashlimit --hashlimit-upto 512kb/s --hashlimit-burst 1mb --hashlimit-name x", "-m hashlimit --hashlimit-upto 512kb/s --hashlimit-burst 1mb --hashlimit-name x")]
    [TestCase("-m hashlimit --hashlimit-upto 100b/s --hashlimit-name x", "-m hashlimit --hashlimit-upto 96b/s --hashlimit-name x")]
    [TestCase("-m hashlimit --hashlimit-upto 1048576b/s --hashlimit-name x", "-m hashlimit --hashlimit-upto 1mb/s --hashlimit-name x")]
    [TestCase("-m hashlimit --hashlimit-upto 7kb/s --hashlimit-burst 20000 --hashlimit-name x", "-m hashlimit --hashlimit-upto 7kb/s --hashlimit-burst 21kb --hashlimit-name x")]
    [TestCase("-m hashlimit --hashlimit-upto 10mb/s --hashlimit-burst 11mb --hashlimit-name x", "-m hashlimit --hashlimit-upto 10mb/s --hashlimit-burst 20mb --hashlimit-name x")]
    [TestCase("-m hashlimit --hashlimit-upto 5/s --hashlimit-name x --hashlimit-rate-interval 10", "-m hashlimit --hashlimit-upto 5/sec --hashlimit-burst 5 --hashlimit-name x")]
    [TestCase("-m hashlimit --hashlimit-upto 5/s --hashlimit-name x --hashlimit-rate-match --hashlimit-rate-interval 10", "-m hashlimit --hashlimit-upto 5/sec --hashlimit-burst 5 --hashlimit-name x --hashlimit-rate-match --hashlimit-rate-interval 10")]
    [TestCase("-m hashlimit --hashlimit-upto 90/min --hashlimit-name x --hashlimit-rate-match", "-m hashlimit --hashlimit-upto 90/sec --hashlimit-burst 5 --hashlimit-name x --hashlimit-htable-expire 60000 --hashlimit-rate-match --hashlimit-rate-interval 60")]
    [TestCase("-m hashlimit --hashlimit-upto 4/day --hashlimit-name x", "-m hashlimit --hashlimit-upto 4/day --hashlimit-burst 5 --hashlimit-name x")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|hashlimit|] --hashlimit-name x", "IPT2030")]
    [TestCase("-m [|hashlimit|] --hashlimit-upto 5/s", "IPT2053")]
    [TestCase("-m hashlimit --hashlimit-upto 5/s [|--hashlimit-above|] 5/s --hashlimit-name x", "IPT2054")]
    [TestCase("-m hashlimit --hashlimit-upto [|1000001/s|] --hashlimit-name x", "IPT2020")]
    [TestCase("-m hashlimit --hashlimit-upto 5000b/s [|--hashlimit-burst|] 3000 --hashlimit-name x", "IPT2034")]
    [TestCase("-m hashlimit --hashlimit-upto 10/day [|--hashlimit-burst|] 1000001 --hashlimit-name x", "IPT2034")]
    [TestCase("-m hashlimit --hashlimit-upto 3/hour --hashlimit-burst [|0|] --hashlimit-name x", "IPT2020")]
    [TestCase("-m hashlimit --hashlimit-upto 5/s --hashlimit-mode [|foo|] --hashlimit-name x", "IPT2016")]
    [TestCase("-m hashlimit --hashlimit-upto 5/s --hashlimit-name [|\"\"|]", "IPT2020")]
    [TestCase("-m [|hashlimit|] --hashlimit-upto 3/day --hashlimit-name x", "IPT2034")]
    [TestCase("-m hashlimit --hashlimit-upto 3/s --hashlimit-name x --hashlimit-htable-expire [|0|]", "IPT2011")]
    [TestCase("-m hashlimit --hashlimit-upto 3/s --hashlimit-name x --hashlimit-srcmask [|33|]", "IPT2015")]
    [TestCase("-m hashlimit --hashlimit-upto 5/s --hashlimit-mode [|SRCIP|] --hashlimit-name x", "IPT2016")]
    [TestCase("-m hashlimit --hashlimit-upto 3b/s [|--hashlimit-burst|] 1b --hashlimit-name x", "IPT2034")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
