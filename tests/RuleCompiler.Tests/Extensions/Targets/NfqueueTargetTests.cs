using NUnit.Framework;

namespace RuleCompiler.Tests.Extensions.Targets;

internal sealed class NfqueueTargetTests
{
    [TestCase("-A INPUT -j NFQUEUE", ExpectedResult = "Queue ToQueue { First = 0, Last = 0, Bypass = False }")]
    [TestCase("-A INPUT -j NFQUEUE --queue-num 5 --queue-bypass", ExpectedResult = "Queue ToQueue { First = 5, Last = 5, Bypass = True }")]
    [TestCase("-A INPUT -j NFQUEUE --queue-balance 3:6", ExpectedResult = "Queue ToQueue { First = 3, Last = 6, Bypass = False }")]
    public string Does(string rule) => TargetAssert.Action("filter", rule);

    [TestCase("-A INPUT -j NFQUEUE", "-A INPUT -j NFQUEUE --queue-num 0")]
    [TestCase("-A INPUT -j NFQUEUE --queue-bypass", "-A INPUT -j NFQUEUE --queue-num 0 --queue-bypass")]
    [TestCase("-A INPUT -j NFQUEUE --queue-num 0x10", "-A INPUT -j NFQUEUE --queue-num 16")]
    [TestCase("-A INPUT -j NFQUEUE --queue-cpu-fanout --queue-bypass --queue-balance 0:6", "-A INPUT -j NFQUEUE --queue-balance 0:6 --queue-bypass --queue-cpu-fanout")]
    [TestCase("-A INPUT -j NFQUEUE --queue-balance :4", "-A INPUT -j NFQUEUE --queue-balance 0:4")]
    [TestCase("-A INPUT -j NFQUEUE --queue-balance 4:", "-A INPUT -j NFQUEUE --queue-balance 4:65534")]
    [TestCase("-A INPUT -j NFQUEUE --queue-balance :", "-A INPUT -j NFQUEUE --queue-balance 0:65534")]
    public void Prints(string given, string canonical) => TargetAssert.Prints("filter", given, canonical);

    [TestCase("-A INPUT -j NFQUEUE --queue-num [|65536|]", "IPT2011")]
    [TestCase("-A INPUT -j NFQUEUE --queue-num [|-1|]", "IPT2011")]
    [TestCase("-A INPUT -j NFQUEUE --queue-balance [|4|]", "IPT2020")]
    [TestCase("-A INPUT -j NFQUEUE --queue-balance [|4:4|]", "IPT2020")]
    [TestCase("-A INPUT -j NFQUEUE --queue-balance [|4:3|]", "IPT2020")]
    [TestCase("-A INPUT -j NFQUEUE --queue-balance [|0:65535|]", "IPT2020")]
    [TestCase("-A INPUT -j NFQUEUE --queue-num 3 [|--queue-balance|] 0:6", "IPT2054")]
    [TestCase("-A INPUT -j NFQUEUE --queue-num 3 [|--queue-cpu-fanout|]", "IPT2031")]
    public void Refuses(string rule, string id) => TargetAssert.Reports("filter", rule, id);
}
