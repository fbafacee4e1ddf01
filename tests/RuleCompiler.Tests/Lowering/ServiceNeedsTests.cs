using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Tests.Evaluation;

namespace RuleCompiler.Tests.Lowering;

internal sealed class ServiceNeedsTests
{
    private const string Untracked = """{ "interfaces": [ {"name": "eth0", "addresses": ["10.1.0.1/24"]} ], "conntrack": false }""";

    [TestCase("", ExpectedResult = false)]
    [TestCase("-A PREROUTING -j ACCEPT", ExpectedResult = false)]
    [TestCase("-A PREROUTING -s 10.9.9.9/32 -j DNAT --to-destination 10.1.0.9", ExpectedResult = true)]
    [TestCase("-A PREROUTING -m conntrack --ctstate NEW", ExpectedResult = true)]
    [TestCase("-A PREROUTING -j CONNMARK --set-xmark 0x1/0x1", ExpectedResult = true)]
    [TestCase("COMMIT\n*mangle\n-A POSTROUTING -j CONNSECMARK --save", ExpectedResult = true)]
    [TestCase("COMMIT\n*filter\n-A FORWARD -p tcp -j SYNPROXY", ExpectedResult = true)]
    [TestCase("COMMIT\n*raw\n-A PREROUTING -p icmp -m icmp ! --icmp-type any -j CT --zone 5", ExpectedResult = true, TestName = "A rule that nothing matches")]
    [TestCase("COMMIT\n*mangle\n-A PREROUTING -p tcp -j TPROXY --on-port 1", ExpectedResult = false)]
    public bool Nat_is_met_where_a_rule_switches_tracking_on(string rule) => Traced.One(
        $"*nat\n:PREROUTING ACCEPT [0:0]\n{rule}\nCOMMIT\n", "udp 10.1.0.8:1000 -> 10.1.0.1:80 in eth0", Untracked).Steps.Any(step => step.Table == TableKind.Nat);

    [TestCase("-A PREROUTING -p tcp -j LOG", ExpectedResult = Verdict.Accept)]
    [TestCase("-A PREROUTING -p udp -j TPROXY --on-port 443", ExpectedResult = Verdict.Stolen)]
    [TestCase("-A PREROUTING -m socket --nowildcard -j LOG", ExpectedResult = Verdict.Stolen)]
    [TestCase("-A PREROUTING -j CONNMARK --save-mark", ExpectedResult = Verdict.Stolen)]
    public Verdict Rules_that_need_whole_packets_have_them_put_together(string rule) => Traced.One(
        $"*mangle\n:PREROUTING ACCEPT [0:0]\n{rule}\nCOMMIT\n", "tcp 10.1.0.8 -> 10.9.0.1 in eth0 fragment", Untracked).Verdict;
}
