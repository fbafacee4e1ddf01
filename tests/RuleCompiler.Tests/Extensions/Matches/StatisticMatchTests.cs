using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class StatisticMatchTests
{
    [TestCase("-m statistic --mode random --probability 0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m statistic --mode random ! --probability 0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m statistic --mode random --probability 1.0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m statistic --mode random ! --probability 1", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("-m statistic --mode nth --every 1 --packet 0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("-m statistic --mode nth ! --every 1 --packet 0", "tcp 10.0.0.1:1000 -> 10.0.0.2:80", ExpectedResult = false)]
    public bool Decides(string match, string packet) => ExtensionAssert.Matches(match, packet);

    [TestCase("-m statistic --mode random --probability 0.5", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    [TestCase("-m statistic --mode nth --every 3 --packet 1", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m statistic --mode random --probability 0.5", "-m statistic --mode random --probability 0.50000000000")]
    [TestCase("-m statistic --mode random ! --probability 0.1", "-m statistic --mode random ! --probability 0.10000000009")]
    [TestCase("-m statistic --mode random --probability 0.33333333349", "-m statistic --mode random --probability 0.33333333349")]
    [TestCase("-m statistic --mode random --probability 1e-3", "-m statistic --mode random --probability 0.00100000016")]
    [TestCase("-m statistic --mode nth --packet 0 --every 0x10", "-m statistic --mode nth --every 16 --packet 0")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m statistic --mode random --probability [|1.1|]", "IPT2020")]
    [TestCase("-m statistic --mode random --probability [|-0.5|]", "IPT2020")]
    [TestCase("-m statistic [|--mode|] random", "IPT2031")]
    [TestCase("-m statistic [|--mode|] nth --every 3", "IPT2031")]
    [TestCase("-m statistic --mode nth --every 3 [|--packet|] 3", "IPT2034")]
    [TestCase("-m statistic --mode nth --every [|0|] --packet 0", "IPT2011")]
    [TestCase("-m [|statistic|] --probability 0.5", "IPT2053")]
    [TestCase("-m statistic --mode [|rand|] --probability 0.5", "IPT2016")]
    [TestCase("-m statistic --mode [|RANDOM|] --probability 0.5", "IPT2016")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
