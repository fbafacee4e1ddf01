using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class SynproxyTargetTests
{
    [TestCase("-A INPUT -p tcp -j SYNPROXY --mss 1460", ExpectedResult = "Synproxy Other { Text = --mss 1460 }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -p tcp -j SYNPROXY", "-A INPUT -p tcp -j SYNPROXY")]
    [TestCase("-A INPUT -p tcp -j SYNPROXY --ecn --mss 0x100 --wscale 9 --timestamp --sack-perm", "-A INPUT -p tcp -j SYNPROXY --sack-perm --timestamp --wscale 9 --mss 256 --ecn")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j [|SYNPROXY|]", "IPT2055")]
    [TestCase("-A INPUT ! -p tcp -j [|SYNPROXY|]", "IPT2055")]
    [TestCase("-A INPUT -p tcp -j SYNPROXY --mss [|65536|]", "IPT2011")]
    [TestCase("-A INPUT -p tcp -j SYNPROXY --wscale [|256|]", "IPT2011")]
    [TestCase("-A OUTPUT -p tcp -j [|SYNPROXY|]", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
