using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class TimeMatchTests
{
    [TestCase("-m time --timestart 08:00", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m time", "-m time --datestop 2038-01-19T03:14:07")]
    [TestCase("-m time --timestop 18:00 --timestart 08:00:30 --weekdays Mon,Tue", "-m time --timestart 08:00:30 --timestop 18:00:00 --weekdays Mon,Tue --datestop 2038-01-19T03:14:07")]
    [TestCase("-m time ! --weekdays Sa,Su", "-m time --weekdays Mon,Tue,Wed,Thu,Fri --datestop 2038-01-19T03:14:07")]
    [TestCase("-m time --contiguous --timestart 23:00 --timestop 5:00 --localtz --monthdays 1,2,3 --weekdays 1,2,7 --datestart 2020-05 --datestop 2021-02-03T04:05:06", "-m time --timestart 23:00:00 --timestop 05:00:00 --monthdays 1,2,3 --weekdays Mon,Tue,Sun --datestart 2020-05-01T00:00:00 --datestop 2021-02-03T04:05:06 --kerneltz --contiguous")]
    [TestCase("-m time --datestart 1970-01-01", "-m time --datestop 2038-01-19T03:14:07")]
    [TestCase("-m time --timestart +1: --timestop 0010:5:+7", "-m time --timestart 01:00:00 --timestop 10:05:07 --datestop 2038-01-19T03:14:07")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m time --timestart [|25:00|]", "IPT2020")]
    [TestCase("-m time --timestart [|8|]", "IPT2020")]
    [TestCase("-m time --weekdays [|mo|]", "IPT2020")]
    [TestCase("-m time --monthdays [|32|]", "IPT2020")]
    [TestCase("-m time --datestart [|1969|]", "IPT2020")]
    [TestCase("-m time --timestart 10:00 --timestop 10:01 [|--contiguous|]", "IPT2032")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
