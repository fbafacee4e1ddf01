using NUnit.Framework;
using RuleCompiler.Diffing;
using RuleCompiler.Syntax;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Diffing;

internal sealed class SemanticDiffTests
{
    [Test]
    public void A_dump_does_what_it_does()
    {
        SharedData.Require("corpora");
        Assert.Multiple(() =>
        {
            foreach (var file in Corpora.Files)
            {
                var (one, other) = (Compilation.Create(SyntaxTree.Parse(file.Read())), Compilation.Create(SyntaxTree.Parse(file.Read())));
                if (!one.HasErrors)
                {
                    Assert.That(SemanticDiff.IsEquivalent(one, other), Is.True, file.Name);
                }
            }
        });
    }

    [TestCase("-A INPUT -p tcp -j MARK --set-xmark 0x1/0xff", "-A INPUT -p tcp -j MARK --set-xmark 0x2/0xff", ExpectedResult = false)]
    [TestCase("-A INPUT -p tcp -j MARK --set-xmark 0x1/0xff", "-A INPUT -p tcp -j MARK --set-xmark 0x2/0xff\n-A INPUT -p tcp -j MARK --set-xmark 0x1/0xff", ExpectedResult = true)]
    [TestCase("-A INPUT -p tcp -j REJECT --reject-with tcp-reset", "-A INPUT -p tcp -j REJECT --reject-with icmp-port-unreachable", ExpectedResult = false)]
    [TestCase("-A INPUT -p tcp -j REJECT --reject-with icmp-port-unreachable", "-A INPUT -p tcp -j REJECT", ExpectedResult = true)]
    [TestCase("-A INPUT -p tcp -j NFQUEUE --queue-num 1", "-A INPUT -p tcp -j NFQUEUE --queue-num 2", ExpectedResult = false)]
    [TestCase("-A INPUT -m set --match-set s src -j DROP", "-A INPUT -m set ! --match-set s src -j ACCEPT\n-A INPUT -j DROP", ExpectedResult = true)]
    [TestCase("-A INPUT -p tcp -j DROP", "-A INPUT -p tcp -m length --length 0:99 -j DROP\n-A INPUT -p tcp -m length --length 100:65535 -j DROP", ExpectedResult = true)]
    [TestCase("-A INPUT -s 10.0.0.5/255.0.255.255 -j DROP\n-A INPUT -s 10.1.0.5 -j DROP", "-A INPUT -s 10.0.0.5/255.0.255.255 -j DROP", ExpectedResult = true)]
    [TestCase("-A INPUT -s 10.0.0.5/255.0.255.255 -j DROP\n-A INPUT -s 10.1.0.6 -j DROP", "-A INPUT -s 10.0.0.5/255.0.255.255 -j DROP", ExpectedResult = false)]
    [TestCase("-A INPUT -p tcp -j SYNPROXY", "-A INPUT -p tcp -j SYNPROXY\n-A INPUT -p tcp -m tcp --syn -j DROP", ExpectedResult = true)]
    [TestCase("-A INPUT -p tcp -j SYNPROXY", "-A INPUT -p tcp -m tcp --syn -j SYNPROXY\n-A INPUT -p tcp -m tcp --tcp-flags FIN,SYN,RST,ACK ACK -j DROP", ExpectedResult = true)]
    [TestCase("-A INPUT -p tcp -j SYNPROXY", "-A INPUT -p tcp -j SYNPROXY\n-A INPUT -p tcp -j DROP", ExpectedResult = false)]
    [TestCase("-A INPUT -p tcp -m tcp --syn -j SYNPROXY", "-A INPUT -p tcp -m tcp --syn -j DROP", ExpectedResult = false)]
    [TestCase(
        "-A FORWARD -m physdev --physdev-in vif1 ! --physdev-out vif2 -j DROP",
        "-A FORWARD -m physdev --physdev-in vif1 ! --physdev-out vif2 --physdev-is-out -j DROP",
        ExpectedResult = true)]
    [TestCase("-A FORWARD -p dccp -m conntrack --ctorigdstport 80 -j DROP", "", ExpectedResult = true)]
    [TestCase("-A FORWARD -p esp -m conntrack ! --ctorigdstport 80 -j DROP", "-A FORWARD -p esp -m conntrack ! --ctreplsrcport 81 -j DROP", ExpectedResult = true)]
    [TestCase("-A FORWARD -p gre -m conntrack --ctorigdstport 80 -j DROP", "", ExpectedResult = false)]
    [TestCase("-A INPUT -p tcp -j SYNPROXY --mss 1460", "-A INPUT -p tcp -j SYNPROXY --mss 900", ExpectedResult = false)]
    public bool Are_equivalent(string old, string other) => SemanticDiff.IsEquivalent(Compile(old), Compile(other));

    [TestCase("dccp", "REDIRECT --to-ports 81", "REDIRECT --to-ports 82", ExpectedResult = true)]
    [TestCase("dccp", "REDIRECT --to-ports 81", "REDIRECT", ExpectedResult = true)]
    [TestCase("dccp", "DNAT --to-destination 10.0.0.1:81-90", "DNAT --to-destination 10.0.0.1", ExpectedResult = true)]
    [TestCase("dccp", "DNAT --to-destination 10.0.0.1:81", "DNAT --to-destination 10.0.0.2:81", ExpectedResult = false)]
    [TestCase("sctp", "REDIRECT --to-ports 81", "REDIRECT --to-ports 82", ExpectedResult = false)]
    public bool NAT_of_ports_is_told_where_conntrack_knows_them(string protocol, string old, string other) => SemanticDiff.IsEquivalent(
        CompileNat($"-A PREROUTING -p {protocol} -j {old}"), CompileNat($"-A PREROUTING -p {protocol} -j {other}"));

    [TestCase("-A FORWARD -o lo -j DROP", "", ExpectedResult = "")]
    [TestCase("-A FORWARD ! -o lo -j DROP", "-A FORWARD -j DROP", ExpectedResult = "")]
    [TestCase("-A FORWARD ! -o lo -j DROP", "", ExpectedResult = "* * -> * in * out *")]
    [TestCase("-A FORWARD ! -o eth1 -j DROP", "", ExpectedResult = "* * -> * in * out !eth1")]
    [TestCase("-A FORWARD -m ttl --ttl-lt 5 -j DROP", "", ExpectedResult = "* * -> * in * out * ttl 2-5")]
    [TestCase("-A INPUT -i lo -j DROP", "", ExpectedResult = "* * -> * in lo out none | * * -> * out lo")]
    [TestCase("-A FORWARD -m physdev ! --physdev-in eth0 -j DROP", "", ExpectedResult = "* * -> * in * out * physin !eth0 | * * -> * in * out * physin none")]
    [TestCase("-A FORWARD -i eth0 -j ACCEPT\n-A FORWARD -i eth+ -j DROP", "", ExpectedResult = "* * -> * in eth+-eth0 out *")]
    public string Spaces_say_where_packets_that_arrive_go(string old, string other) => string.Join(
        " | ", SemanticDiff.Compare(Compile(old), Compile(other)).Regions.SelectMany(region => region.Space).Order(StringComparer.Ordinal));

    [Test]
    public void A_diff_is_the_mirror_of_the_diff_the_other_way_round()
    {
        var (old, other) = (Compile("-A INPUT -p tcp -m tcp --dport 80 -j DROP"), Compile("-A INPUT -p tcp -m tcp --dport 79:80 -j REJECT"));
        Assert.That(
            SemanticDiff.Compare(old, other).Regions.Select(region => (region.Old.Verdict, region.New.Verdict, region.Count, string.Join(' ', region.Space))),
            Is.EquivalentTo(SemanticDiff.Compare(other, old).Regions.Select(region => (region.New.Verdict, region.Old.Verdict, region.Count, string.Join(' ', region.Space)))));
    }

    private static Compilation Compile(string rules)
    {
        var table = rules.Contains("MARK", StringComparison.Ordinal) ? "mangle" : "filter";
        return Compilation.Create(SyntaxTree.Parse(SourceText.From($"*{table}\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n{rules}\nCOMMIT\n")));
    }

    private static Compilation CompileNat(string rules) =>
        Compilation.Create(SyntaxTree.Parse(SourceText.From($"*nat\n:PREROUTING ACCEPT [0:0]\n{rules}\nCOMMIT\n")));
}
