using NUnit.Framework;
using RuleCompiler.Evaluation;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class DefragmentationTests
{
    private const string Untracked = """{ "interfaces": [ {"name": "eth0", "addresses": ["10.1.0.1/24"]} ], "conntrack": false }""";

    [TestCase("-A PREROUTING -p tcp -j LOG", ExpectedResult = Verdict.Accept)]
    [TestCase("-A PREROUTING -p udp -j TPROXY --on-port 443", ExpectedResult = Verdict.Stolen)]
    [TestCase("-A PREROUTING -m socket --nowildcard -j LOG", ExpectedResult = Verdict.Stolen)]
    [TestCase("-A PREROUTING -j CONNMARK --save-mark", ExpectedResult = Verdict.Stolen)]
    public Verdict Rules_that_need_whole_packets_have_them_put_together(string rule) => Traced.One(
        $"*mangle\n:PREROUTING ACCEPT [0:0]\n{rule}\nCOMMIT\n", "tcp 10.1.0.8 -> 10.9.0.1 in eth0 fragment", Untracked).Verdict;
}
