using NUnit.Framework;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class ConntrackNeedTests
{
    private const string Untracked = """{ "interfaces": [ {"name": "eth0", "addresses": ["10.1.0.1/24"]} ], "conntrack": false }""";

    [TestCase("", ExpectedResult = false)]
    [TestCase("-A PREROUTING -j ACCEPT", ExpectedResult = false)]
    [TestCase("-A PREROUTING -s 10.9.9.9/32 -j DNAT --to-destination 10.1.0.9", ExpectedResult = true)]
    [TestCase("-A PREROUTING -m conntrack --ctstate NEW", ExpectedResult = true)]
    [TestCase("-A PREROUTING -j CONNMARK --set-xmark 0x1/0x1", ExpectedResult = true)]
    [TestCase("COMMIT\n*mangle\n-A POSTROUTING -j CONNSECMARK --save", ExpectedResult = true)]
    [TestCase("COMMIT\n*filter\n-A FORWARD -p tcp -j SYNPROXY", ExpectedResult = true)]
    public bool Nat_is_met_where_a_rule_switches_tracking_on(string rule) => Traced.One(
        $"*nat\n:PREROUTING ACCEPT [0:0]\n{rule}\nCOMMIT\n", "tcp 10.1.0.8:1000 -> 10.1.0.1:80 in eth0", Untracked).Steps.Length > 0;
}
