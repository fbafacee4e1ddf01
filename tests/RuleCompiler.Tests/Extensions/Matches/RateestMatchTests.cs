using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class RateestMatchTests
{
    [TestCase("-m rateest --rateest RE --rateest-gt --rateest-pps 5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m rateest --rateest1 RE --rateest-pps 5 --rateest-lt", "-m rateest --rateest RE --rateest-lt --rateest-pps 5")]
    [TestCase("-m rateest --rateest RE --rateest-gt --rateest-bps 5kbit", "-m rateest --rateest RE --rateest-gt --rateest-bps 5000bit")]
    [TestCase("-m rateest --rateest RE --rateest-gt --rateest-bps 2.5MBit", "-m rateest --rateest RE --rateest-gt --rateest-bps 2500Kbit")]
    [TestCase("-m rateest --rateest RE --rateest-gt --rateest-bps 1gibit", "-m rateest --rateest RE --rateest-gt --rateest-bps 1074Mbit")]
    [TestCase("-m rateest --rateest RE --rateest-gt --rateest-bps 5KiBps", "-m rateest --rateest RE --rateest-gt --rateest-bps 40960bit")]
    [TestCase("-m rateest --rateest RE --rateest-gt --rateest-bps 1500", "-m rateest --rateest RE --rateest-gt --rateest-bps 1496bit")]
    [TestCase("-m rateest --rateest RE --rateest-gt --rateest-lt --rateest-pps", "-m rateest --rateest RE --rateest-lt --rateest-pps 0")]
    [TestCase("-m rateest --rateest1 RE1 ! --rateest-lt --rateest-bps --rateest2 RE2", "-m rateest --rateest1 RE1 ! --rateest-lt --rateest-bps --rateest2 RE2")]
    [TestCase("-m rateest --rateest-delta --rateest RE --rateest-bps1 8bit --rateest-eq --rateest-bps 16bit", "-m rateest --rateest-delta --rateest RE --rateest-bps1 8bit --rateest-eq --rateest-bps2 16bit")]
    [TestCase("-m rateest --rateest-delta --rateest1 RE1 --rateest-pps1 1 --rateest-lt --rateest-pps2 42 --rateest2 RE2", "-m rateest --rateest-delta --rateest1 RE1 --rateest-pps1 1 --rateest-lt --rateest-pps2 42 --rateest2 RE2")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m [|rateest|] --rateest-gt --rateest-pps 5", "IPT2053")]
    [TestCase("-m [|rateest|] --rateest RE --rateest-pps 5", "IPT2030")]
    [TestCase("-m [|rateest|] --rateest RE --rateest-gt", "IPT2030")]
    [TestCase("-m rateest --rateest RE --rateest-gt --rateest-bps [|5foo|]", "IPT2020")]
    [TestCase("-m rateest --rateest RE --rateest-gt --rateest-bps [|5qbit|]", "IPT2020")]
    [TestCase("-m rateest --rateest RE --rateest-gt --rateest-pps [|4294967296|]", "IPT2011")]
    [TestCase("-m rateest ! [|--rateest|] RE --rateest-gt --rateest-pps 5", "IPT2051")]
    [TestCase("-m rateest --rateest A [|--rateest1|] B --rateest-gt --rateest-pps 5", "IPT2052")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
