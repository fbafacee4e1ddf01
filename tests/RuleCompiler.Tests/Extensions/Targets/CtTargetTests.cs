using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class CtTargetTests
{
    [TestCase("-A PREROUTING -j CT --notrack", ExpectedResult = "Notrack Untrack { }")]
    [TestCase("-A PREROUTING -j CT --notrack --zone 5", ExpectedResult = "Notrack Untrack { }")]
    [TestCase("-A PREROUTING -j CT --zone 5", ExpectedResult = "Continue SetZone { Zone = 5, FromMark = False, Direction =  }")]
    [TestCase("-A PREROUTING -j CT --zone-orig mark", ExpectedResult = "Continue SetZone { Zone = 0, FromMark = True, Direction = 0 }")]
    [TestCase("-A PREROUTING -j CT --zone-reply 7", ExpectedResult = "Continue SetZone { Zone = 7, FromMark = False, Direction = 1 }")]
    [TestCase("-A PREROUTING -p tcp -j CT --helper ftp", ExpectedResult = "Continue PrepareTracking { Text = --helper ftp }")]
    public string Does(string rule) => TargetAssert.Action("raw", rule);

    [TestCase("-A PREROUTING -j CT", "-A PREROUTING -j CT")]
    [TestCase("-A PREROUTING -j CT --notrack", "-A PREROUTING -j CT --notrack")]
    [TestCase("-A PREROUTING -j CT --ctevents new --notrack", "-A PREROUTING -j CT --notrack --ctevents new")]
    [TestCase("-A PREROUTING -j CT --zone mark", "-A PREROUTING -j CT --zone mark")]
    [TestCase("-A PREROUTING -j CT --zone-orig 3 --zone-reply 5", "-A PREROUTING -j CT --zone 5")]
    [TestCase("-A PREROUTING -j CT --zone 3 --zone-reply 5", "-A PREROUTING -j CT --zone-reply 5")]
    [TestCase("-A PREROUTING -j CT --zone mark --zone-orig 5", "-A PREROUTING -j CT --zone-orig mark")]
    [TestCase("-A PREROUTING -j CT --zone 0", "-A PREROUTING -j CT")]
    [TestCase("-A PREROUTING -p tcp -j CT --zone 3 --ctevents new --helper ftp", "-A PREROUTING -p tcp -j CT --helper ftp --ctevents new --zone 3")]
    [TestCase("-A PREROUTING -j CT --expevents new --zone 3 --ctevents destroy,new", "-A PREROUTING -j CT --ctevents new,destroy --expevents new --zone 3")]
    [TestCase("-A PREROUTING -j CT --helper ftp --notrack", "-A PREROUTING -j CT --notrack --helper ftp")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("raw", given, canonical);

    [TestCase("-A PREROUTING -j CT --zone [|65536|]", "IPT2020")]
    [TestCase("-A PREROUTING -j CT --ctevents [|NEW|]", "IPT2016")]
    [TestCase("-A PREROUTING -j CT --expevents [|destroy|]", "IPT2016")]
    [TestCase("-A PREROUTING -j CT [|--helper|] ftp", "IPT2042")]
    [TestCase("-A PREROUTING ! -p tcp -j CT [|--helper|] ftp", "IPT2042")]
    [TestCase("-A PREROUTING -j CT [|--timeout|] slow", "IPT2042")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("raw", rule, id);

    [TestCase("-A PREROUTING -j [|CT|] --notrack", "IPT2004")]
    public void Refuses_in_mangle(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A INPUT -j [|CT|] --notrack", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
