using NUnit.Framework;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Packets;

internal sealed class SpaceExpressionTests
{
    [TestCase("* * -> *", ExpectedResult = "* * -> *")]
    [TestCase("tcp 10.0.0.0/8:* -> !127.0.0.0/8:80,443,1000-2000 uid !1337 out lo", ExpectedResult = "tcp 10.0.0.0/8 -> !127.0.0.0/8:80,443,1000-2000 out lo uid !1337")]
    [TestCase("tcp * -> *:15000 in eth0", ExpectedResult = "tcp * -> *:15000 in eth0")]
    [TestCase("tcp,udp * -> 10.0.0.1-10.0.0.2,10.0.0.4:!22 in *", ExpectedResult = "tcp,udp * -> 10.0.0.1,10.0.0.2,10.0.0.4:!22 in *")]
    [TestCase("tcp [fd00::/8]:* -> [2001:db8::1]:443 in wg+", ExpectedResult = "tcp fd00::/8 -> [2001:db8::1]:443 in wg+")]
    [TestCase("tcp * -> * flags SYN/FIN,SYN,RST,ACK", ExpectedResult = "tcp * -> * flags SYN/SYN,FIN,RST,ACK")]
    [TestCase("tcp * -> * flags !SYN/FIN,SYN,RST,ACK", ExpectedResult = "tcp * -> * flags !SYN/SYN,FIN,RST,ACK")]
    [TestCase("icmp * -> * type echo-request in !lo", ExpectedResult = "icmp * -> * in !lo type 8")]
    [TestCase("* * -> * state NEW,RELATED mark 0x4000/0x4000 in *", ExpectedResult = "* * -> * in * state NEW,RELATED mark 0x4000/0x4000")]
    [TestCase("* * -> * mark !0x1/0xff", ExpectedResult = "* * -> * mark !0x1/0xff")]
    [TestCase("* * -> * mark 0x2/0x2-0x2", ExpectedResult = "* * -> * mark 0x2/0x2-0x0/0xfffffffd")]
    [TestCase("* * -> * uid !1337,none", ExpectedResult = "* * -> * uid !1337,none")]
    [TestCase("* * -> * in eth0 out none", ExpectedResult = "* * -> * in eth0 out none")]
    [TestCase("* * -> * in eth0 out *", ExpectedResult = "* * -> * in eth0 out *")]
    [TestCase("* * -> * in eth0 out lo", ExpectedResult = "* * -> * in eth0 out none")]
    [TestCase("* * -> * in eth0 out !eth1", ExpectedResult = "* * -> * in eth0 out !eth1")]
    [TestCase("* * -> * in eth0 out !eth1,lo", ExpectedResult = "* * -> * in eth0 out !eth1")]
    [TestCase("* * -> * in eth0 out eth1,none", ExpectedResult = "* * -> * in eth0 out eth1,none")]
    [TestCase("* * -> * in eth0 out eth1,lo", ExpectedResult = "* * -> * in eth0 out eth1,none")]
    [TestCase("* * -> * in eth0 out !lo", ExpectedResult = "* * -> * in eth0 out *")]
    [TestCase("* * -> * in eth+-eth0-eth2+", ExpectedResult = "* * -> * in eth+-eth0-eth2+")]
    [TestCase("* * -> * in !eth+-eth0,br-+-br-0123", ExpectedResult = "* * -> * in !br-+-br-0123,eth+-eth0")]
    [TestCase("* * -> * in eth+-eth+", ExpectedResult = "")]
    [TestCase("* * -> * in \"eth+-eth0\"", ExpectedResult = "* * -> * in \"eth+-eth0\"")]
    [TestCase("* * -> * in * physin eth+-eth0 physout !br0", ExpectedResult = "* * -> * in * physin eth+-eth0 physout !br0")]
    [TestCase("* * -> * in * physin !eth0", ExpectedResult = "* * -> * in * physin !eth0")]
    [TestCase("* * -> * uid 0,1000-2000", ExpectedResult = "* * -> * uid 0,1000-2000")]
    [TestCase("* * -> * uid none", ExpectedResult = "* * -> * uid none")]
    [TestCase("!tcp,udp * -> *", ExpectedResult = "!tcp,udp * -> *")]
    [TestCase("* * -> * ttl !64 tos 16 length 0-100", ExpectedResult = "* * -> * length 0-100 ttl !64 tos 16")]
    [TestCase("* * -> * dsttype LOCAL,BROADCAST in eth0", ExpectedResult = "* * -> * in eth0 dsttype LOCAL,BROADCAST")]
    [TestCase("tcp * -> * ctorig 10.0.0.1 -> *:80 ctmark 0x1", ExpectedResult = "tcp * -> * ctorig 10.0.0.1 -> *:80 ctmark 0x1")]
    [TestCase("esp,tcp * -> * ctorig 10.0.0.1 -> *:80", ExpectedResult = "tcp * -> * ctorig 10.0.0.1 -> *:80", TestName = "Conntrack knows no ports of others")]
    public string Prints_what_it_read(string text)
    {
        var space = Parse(text);
        var layout = LayoutOf(space);
        var universe = new JourneySpace(layout, hasFragments: false);
        var boxes = universe.Limit(space.Condition) ?? [];
        return string.Join(" | ", new SpaceWriter(layout).Write(new BlockMerger(layout, universe.Boxes).Merge(boxes)));
    }

    [TestCase("tcp 10.0.0.300 -> *", "IPT5004")]
    [TestCase("tcp * -> *:70000", "IPT5008")]
    [TestCase("tcp 10.0.0.1 -> fd00::1", "IPT5005")]
    [TestCase("icmp fd00::1 -> *", "IPT5009")]
    [TestCase("tcp * -> * state OPEN", "IPT5013")]
    [TestCase("tcp * -> * uid", "IPT5012")]
    [TestCase("tcp * -> * in eth0 in eth1", "IPT5011")]
    [TestCase("tcp 10.0.0.1 -> * nat 10.0.0.1 -> 10.0.0.2", "IPT5014")]
    [TestCase("tcp 10.0.0.1 -> * exthdr frag", "IPT5014")]
    [TestCase("tcp * -> * exthdr hopp", "IPT5013")]
    [TestCase("tcp * -> * exthdr frag,NONE", "IPT5013")]
    [TestCase("tcp * -> * exthdr NONE/hopp", "IPT5013")]
    [TestCase("tcp * -> * groups -1", "IPT5013")]
    [TestCase("tcp * -> * groups NONE", "IPT5013")]
    [TestCase("tcp * -> * options 256", "IPT5013")]
    [TestCase("tcp * -> * options 2,NONE", "IPT5013")]
    [TestCase("tcp * -> * options 2 options 4", "IPT5011")]
    [TestCase("sctp * -> * chunks", "IPT5012")]
    [TestCase("tcp * -> * in-set *", "IPT5013")]
    [TestCase("tcp * -> * match \"\"", "IPT5013")]
    [TestCase("none -> *", "IPT5001")]
    [TestCase("tcp none -> *", "IPT5004")]
    public void Reports_what_is_wrong(string text, params string[] ids) =>
        Assert.That(SpaceExpression.Parse(SourceText.From(text)).Diagnostics.Select(problem => problem.Id), Is.EqualTo(ids));

    [TestCase("* * -> * in-set a,b", ExpectedResult = " in-set a in-set b")]
    [TestCase("* * -> * in-set !a,b", ExpectedResult = " in-set a in-set !b | in-set !a")]
    [TestCase("* * -> * in-set a|b", ExpectedResult = " in-set a | in-set !a in-set b")]
    [TestCase("* * -> * in-set !a|b", ExpectedResult = " in-set !a in-set !b")]
    [TestCase("* * -> * in-set a in-set !\"b c\"", ExpectedResult = " in-set a in-set !\"b c\"")]
    [TestCase("* * -> * match !\"-m string --string \\\"x\\\"\" match \"limit\"", ExpectedResult = " match !\"-m string --string \\\"x\\\"\" match \"limit\"")]
    [TestCase("* * -> * groups 8,7", ExpectedResult = " groups 7,8")]
    [TestCase("* * -> * groups 7/7,8", ExpectedResult = " groups 7/7,8")]
    [TestCase("* * -> * groups !7", ExpectedResult = " groups !7")]
    [TestCase("tcp * -> * options NONE", ExpectedResult = " options NONE")]
    [TestCase("tcp * -> * options NONE/2,4", ExpectedResult = " options NONE/2,4")]
    [TestCase("sctp * -> * chunks 0x1", ExpectedResult = " chunks 1")]
    [TestCase("* * -> * uid 0", ExpectedResult = "")]
    [TestCase("* * -> * in-set a in-set !a", ExpectedResult = "")]
    public string Reads_what_fields_do_not_tell(string text) => string.Join(" |", Parse(text).Alternatives);

    private static SpaceLayout LayoutOf(SpaceExpression space) =>
        JourneyWalker.LayoutOf([CompiledRuleset.CreateEmpty(space.Family ?? Family.IPv4)], [], [space.Condition]);

    private static SpaceExpression Parse(string text) =>
        SpaceExpression.Parse(SourceText.From(text)).Space ?? throw new FormatException(text);
}
