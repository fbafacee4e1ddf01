using NUnit.Framework;
using RuleCompiler.Lowering;

namespace RuleCompiler.Tests.Lowering;

internal sealed class InternPredicatesTests
{
    [TestCase("-A INPUT -s 10.0.0.1\n-A INPUT -s 10.0.0.1/32", ExpectedResult = "0 | 0")]
    [TestCase("-A INPUT -s 10.0.0.1\n-A INPUT -d 10.0.0.1", ExpectedResult = "0 | 1")]
    [TestCase("-A INPUT -s 10.0.0.1\n-A INPUT ! -s 10.0.0.1", ExpectedResult = "0 | !0")]
    [TestCase("-A INPUT ! -i eth0\n-A INPUT -i eth0", ExpectedResult = "!0 | 0")]
    [TestCase("-A INPUT ! -s 10.0.0.1/255.0.0.255\n-A INPUT -s 10.0.0.1/255.0.0.255", ExpectedResult = "!0 | 0")]
    [TestCase("-A INPUT ! -p tcp\n-A INPUT -p tcp", ExpectedResult = "!0 | 0")]
    [TestCase("-A INPUT -p tcp --dport 1\n-A INPUT -p tcp ! --dport 1", ExpectedResult = "0 1 | 0 !2")]
    [TestCase("-A INPUT -m conntrack --ctstate NEW\n-A INPUT -m state --state NEW", ExpectedResult = "0 | 0")]
    [TestCase("-A INPUT -m set --match-set s src\n-A INPUT -m set ! --match-set s src", ExpectedResult = "0 | !0")]
    [TestCase("-A INPUT -m limit --limit 5/min\n-A INPUT -m limit --limit 5/minute", ExpectedResult = "0 | 0")]
    [TestCase("-A INPUT -m mark --mark 1 -m mark --mark 1", ExpectedResult = "0")]
    [TestCase("-A INPUT -m limit --limit 5/min -m limit --limit 5/min", ExpectedResult = "0 0")]
    [TestCase("-A INPUT -m mark --mark 1 -m mark ! --mark 1", ExpectedResult = "never")]
    [TestCase("-A INPUT -j DROP", ExpectedResult = "")]
    public string Each_distinct_test_stands_once(string lines)
    {
        var state = LoweredDump.After(InternPredicates.Run, lines);
        return string.Join(" | ", state.Rules[0].Select(rule => rule.IsNever
            ? "never"
            : string.Join(' ', state.References.Skip(rule.FirstReference).Take(rule.ReferenceCount)
                .Select(reference => $"{((reference & 1) != 0 ? "!" : "")}{reference >> 1}"))));
    }
}
