using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class TcpoptstripTargetTests
{
    [TestCase("-A INPUT -p tcp -j TCPOPTSTRIP --strip-options mss", ExpectedResult = "Continue StripOptions { Text = --strip-options 2, Kinds = System.Collections.Immutable.ImmutableSortedSet`1[System.Byte] }")]
    public string Does(string rule) => TargetAssert.Action("mangle", rule);

    [TestCase("-A INPUT -p tcp -j TCPOPTSTRIP", "-A INPUT -p tcp -j TCPOPTSTRIP")]
    [TestCase("-A INPUT -p tcp -j TCPOPTSTRIP --strip-options wscale,mss,sack-permitted,sack,timestamp,md5", "-A INPUT -p tcp -j TCPOPTSTRIP --strip-options 2,3,4,5,8,19")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("mangle", given, canonical);

    [TestCase("-A INPUT -p tcp -j TCPOPTSTRIP --strip-options [|5,5|]", "IPT2020")]
    [TestCase("-A INPUT -p tcp -j TCPOPTSTRIP --strip-options [|1|]", "IPT2020")]
    [TestCase("-A INPUT -p tcp -j TCPOPTSTRIP --strip-options [|256|]", "IPT2020")]
    [TestCase("-A INPUT -p tcp -j TCPOPTSTRIP --strip-options [|MSS|]", "IPT2020")]
    [TestCase("-A INPUT -j [|TCPOPTSTRIP|] --strip-options mss", "IPT2055")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("mangle", rule, id);

    [TestCase("-A INPUT -p tcp -j [|TCPOPTSTRIP|]", "IPT2004")]
    public void Refuses_in_filter(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
