using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Matches;

internal sealed class StringMatchTests
{
    [TestCase("-m string --string \"GET /\" --algo bm", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    [TestCase("-m string ! --hex-string \"|00|\" --algo kmp", "tcp 10.0.0.1:1000 -> 10.0.0.2:80")]
    public void Leaves_open(string match, string packet) =>
        Assert.That(ExtensionAssert.IsUnknown(match, packet), Is.True);

    [TestCase("-m string --string abc --algo kmp --to 60 --from 5 --icase", "-m string --string \"abc\" --algo kmp --from 5 --to 60 --icase")]
    [TestCase("-m string --string abc --algo bm --from 0 --to 65535", "-m string --string \"abc\" --algo bm")]
    [TestCase("-m string ! --hex-string \"|de ad|be\" --algo bm", "-m string ! --hex-string \"|dead6265|\" --algo bm")]
    [TestCase("-m string --hex-string \"|41 42|\" --algo bm", "-m string --string \"AB\" --algo bm")]
    [TestCase("-m string --hex-string \"a\\\\|b|41|\" --algo bm", "-m string --string \"a|bA\" --algo bm")]
    [TestCase("-m string --string \"a'b\\\"c\" --algo bm", "-m string --string \"a'b\\\"c\" --algo bm")]
    [TestCase("-m string --string \"é\" --algo bm", "-m string --hex-string \"|c3a9|\" --algo bm")]
    public void Prints(string given, string canonical) => ExtensionAssert.Prints(given, canonical);

    [TestCase("-m string --hex-string [|\"|4|\"|] --algo bm", "IPT2020")]
    [TestCase("-m string --hex-string [|\"|41\"|] --algo bm", "IPT2020")]
    [TestCase("-m string --hex-string [|\"|41zz|\"|] --algo bm", "IPT2020")]
    [TestCase("-m [|string|] --string abc", "IPT2053")]
    [TestCase("-m [|string|] --algo bm", "IPT2030")]
    [TestCase("-m string --string abc --algo [|foo|]", "IPT2016")]
    [TestCase("-m string --string [|\"\"|] --algo bm", "IPT2020")]
    [TestCase("-m string --string abc [|--hex-string|] abc --algo bm", "IPT2054")]
    [TestCase("-m string --string abc --algo bm --from 70 [|--to|] 60", "IPT2034")]
    [TestCase("-m string --string abc --algo bm --from [|65536|]", "IPT2011")]
    [TestCase("-m string --string abc --algo [|BM|]", "IPT2016")]
    public void Refuses(string match, string id) => ExtensionAssert.Reports(match, id);
}
