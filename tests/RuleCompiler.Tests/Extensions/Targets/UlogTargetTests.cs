using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class UlogTargetTests
{
    [TestCase("-A INPUT -j ULOG", ExpectedResult = "Continue Log { Text =  }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j ULOG --ulog-nlgroup 1 --ulog-cprange 0 --ulog-qthreshold 1", "-A INPUT -j ULOG")]
    [TestCase("-A INPUT -j ULOG --ulog-qthreshold 2 --ulog-prefix \"a b\" --ulog-nlgroup 3 --ulog-cprange 1", "-A INPUT -j ULOG --ulog-prefix \"a b\" --ulog-nlgroup 3 --ulog-cprange 1 --ulog-qthreshold 2")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j ULOG --ulog-nlgroup [|33|]", "IPT2011")]
    [TestCase("-A INPUT -j ULOG --ulog-qthreshold [|51|]", "IPT2011")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
