using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class SynproxyTargetTests
{
    [TestCase("-A INPUT -p tcp -j SYNPROXY --mss 1460", ExpectedResult = "Synproxy Other { Text = --mss 1460 }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -p tcp -j SYNPROXY", "-A INPUT -p tcp -j SYNPROXY")]
    [TestCase("-A INPUT -p tcp -j SYNPROXY --ecn --mss 0x100 --wscale 9 --timestamp --sack-perm", "-A INPUT -p tcp -j SYNPROXY --sack-perm --timestamp --wscale 9 --mss 256 --ecn")]
    [TestCase("-A INPUT -p tcp -j SYNPROXY --wscale 256 --mss 65537", "-A INPUT -p tcp -j SYNPROXY --wscale 0 --mss 1")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j [|SYNPROXY|]", "IPT2055")]
    [TestCase("-A INPUT ! -p tcp -j [|SYNPROXY|]", "IPT2055")]
    [TestCase("-A INPUT -p tcp -j SYNPROXY --mss [|4294967296|]", "IPT2011")]
    [TestCase("-A INPUT -p tcp -j SYNPROXY --wscale [|4294967296|]", "IPT2011")]
    [TestCase("-A OUTPUT -p tcp -j [|SYNPROXY|]", "IPT2004")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
