using NUnit.Framework;
using RuleCompiler.Tests.Markup;

namespace RuleCompiler.Tests.Binding;

/// <summary>Which option a word stands for; the answers are those of iptables-restore 1.8.9 where nothing else is said.</summary>
internal sealed class OptionResolverTests
{
    [TestCase("--append INPUT --jump ACCEPT", ExpectedResult = "-A INPUT -j ACCEPT")]
    [TestCase("-A INPUT --so 10.0.0.1 --ju DROP", ExpectedResult = "-A INPUT -s 10.0.0.1/32 -j DROP")]
    [TestCase("-A INPUT --src 10.0.0.1 --dst 10.0.0.2", ExpectedResult = "-A INPUT -s 10.0.0.1/32 -d 10.0.0.2/32")]
    [TestCase("-A INPUT --in-i eth0", ExpectedResult = "-A INPUT -i eth0")]
    [TestCase("-A INPUT -p tcp --dpo=80 --sport=1:2", ExpectedResult = "-A INPUT -p tcp -m tcp --sport 1:2 --dport 80")]
    [TestCase("-A INPUT -p tcp --destination 80", ExpectedResult = "-A INPUT -d 80.0.0.0/32 -p tcp")]
    [TestCase("-A INPUT -p tcp --so 10.0.0.1", ExpectedResult = "-A INPUT -s 10.0.0.1/32 -p tcp")]
    [TestCase("-A INPUT -m comment --comm x -j REJECT --reject icmp-net-unreachable", ExpectedResult = "-A INPUT -m comment --comment x -j REJECT --reject-with icmp-net-unreachable")]
    public string Words_may_be_cut_short_while_they_are_unique(string line) => BoundDump.FilterRules(line).Single();

    /// <remarks>iptables 1.8.9 itself reads some of these wrongly: it takes the whole word for the value of -p, -s and -d.</remarks>
    [TestCase("-A INPUT -ptcp --dport=80 -jACCEPT", ExpectedResult = "-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT")]
    [TestCase("-A INPUT --protocol=tcp --source=10.0.0.1", ExpectedResult = "-A INPUT -s 10.0.0.1/32 -p tcp")]
    [TestCase("-A INPUT -mmark --mark=1", ExpectedResult = "-A INPUT -m mark --mark 0x1")]
    [TestCase("-A INPUT -m comment --comment=a=b", ExpectedResult = "-A INPUT -m comment --comment \"a=b\"")]
    public string Value_may_be_in_the_word(string line) => BoundDump.FilterRules(line).Single();

    [TestCase("-m mark --mark 1 -m connmark --mark 2", ExpectedResult = "-A INPUT -m mark --mark 0x1 -m connmark --mark 0x2")]
    [TestCase("-p tcp -m multiport --dport 3", ExpectedResult = "-A INPUT -p tcp -m multiport --dports 3")]
    [TestCase("-p tcp --dport 5 -m multiport --sports 3", ExpectedResult = "-A INPUT -p tcp -m tcp --dport 5 -m multiport --sports 3")]
    public string Option_belongs_to_the_match_loaded_last(string options) => BoundDump.FilterRules($"-A INPUT {options}").Single();

    [TestCase("-A INPUT -m mark --mark 1 -m connmark --mark 2 [|--mark|] 3", "IPT2052")]
    [TestCase("-A INPUT -m [|mark|] -m connmark --mark 2", "IPT2053")]
    [TestCase("-A INPUT -p tcp -m multiport --sports 3 [|--dport|] 5", "IPT2054")]
    [TestCase("-A INPUT -p tcp [|--de|] 80", "IPT2057")]
    [TestCase("-A INPUT -p tcp [|--d|] 80", "IPT2057")]
    [TestCase("-A INPUT -p tcp [|--s|] 80", "IPT2057")]
    [TestCase("-A INPUT -p tcp -m tcp [|--so|] 80", "IPT2057")]
    [TestCase("-A INPUT [|--p|] tcp", "IPT2057")]
    [TestCase("-A INPUT [|--in|] eth0", "IPT2057")]
    [TestCase("-A INPUT [|--m|] tcp", "IPT2057")]
    [TestCase("-A INPUT -m recent --rcheck [|--h|] 2", "IPT2057")]
    [TestCase("-A INPUT [|--help|]", "IPT2062")]
    [TestCase("-A INPUT [|--dport|] 5 -p tcp", "IPT2056")]
    [TestCase(":LOG - [0:0]\n-A INPUT -j LOG [|--log-level|] 3", "IPT2056")]
    [TestCase("-A INPUT [|-x|] -j ACCEPT", "IPT2056")]
    [TestCase("-A INPUT [|-n|] -j ACCEPT", "IPT2056")]
    [TestCase("-A INPUT [|--line-numbers|] -j ACCEPT", "IPT2056")]
    [TestCase("-A INPUT -j ACCEPT [|--foo|] 3", "IPT2001")]
    [TestCase("-A INPUT [|-q|] -j ACCEPT", "IPT2001")]
    public void Word_that_stands_for_nothing_or_too_much(string line, string id) =>
        DiagnosticAssert.Reports($"*filter\n{line}\nCOMMIT\n", id);
}
