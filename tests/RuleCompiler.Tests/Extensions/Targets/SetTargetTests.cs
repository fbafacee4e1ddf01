using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class SetTargetTests
{
    [TestCase("-A INPUT -j SET --add-set s src,dst", ExpectedResult = "Continue ChangeSet { Text = --add-set s src,dst, MapsMark = False }")]
    [TestCase("-A INPUT -j SET --map-set s src --map-mark", ExpectedResult = "Continue ChangeSet { Text = --map-set s src --map-mark, MapsMark = True }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A INPUT -j SET --add-set s src --timeout 5 --exist", "-A INPUT -j SET --add-set s src --exist --timeout 5")]
    [TestCase("-A INPUT -j SET --del-set t dst --add-set s src", "-A INPUT -j SET --add-set s src --del-set t dst")]
    [TestCase("-A POSTROUTING -j SET --map-set s src --map-queue --map-mark --add-set t src", "-A POSTROUTING -j SET --add-set t src --map-set s src --map-mark --map-queue")]
    [TestCase("-A INPUT -j SET --add-set s src,src,src,src,src,src", "-A INPUT -j SET --add-set s src,src,src,src,src,src")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A INPUT -j [|SET|]", "IPT2053")]
    [TestCase("-A INPUT -j SET --add-set s [|SRC|]", "IPT2020")]
    [TestCase("-A INPUT -j SET --add-set s [|src,src,src,src,src,src,src|]", "IPT2020")]
    [TestCase("-A INPUT -j SET --add-set [|s23456789012345678901234567890123|] src", "IPT2019")]
    [TestCase("-A INPUT -j SET --del-set s src [|--exist|]", "IPT2031")]
    [TestCase("-A INPUT -j SET --del-set s src [|--timeout|] 5", "IPT2031")]
    [TestCase("-A INPUT -j SET --add-set s src --timeout [|4294967295|]", "IPT2011")]
    [TestCase("-A INPUT -j SET --add-set s src [|--add-set|] t src", "IPT2052")]
    [TestCase("-A INPUT -j SET [|--map-set|] s src", "IPT2030")]
    [TestCase("-A INPUT -j SET --add-set s src [|--map-mark|]", "IPT2031")]
    [TestCase("-A PREROUTING -j [|SET|] --map-set s src --map-prio", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A INPUT -j [|SET|] --map-set s src --map-mark", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
