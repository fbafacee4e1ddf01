using System.Text.Json;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Packets;

internal sealed class PacketExpressionTests
{
    [TestCase("tcp 10.244.1.7:40000 -> 10.0.0.9:80 uid 1000 gid 1000")]
    [TestCase("udp [fd00::7]:5353 -> [fd00::9]:53 in eth0 state NEW mark 0x1")]
    [TestCase("icmp 10.0.0.1 -> 10.0.0.2 type echo-request in eth1 out eth0")]
    [TestCase("icmpv6 fe80::1 -> ff02::1 type 136/0")]
    [TestCase("99 10.0.0.1 -> 10.0.0.2")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 uid 0 gid 0 groups 77,78")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 socket kernel")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 state ESTABLISHED dir reply ctstatus SEEN_REPLY,ASSURED,CONFIRMED")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 mark 0x1/0xff ctmark 0x539 zone 7")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 state ESTABLISHED ctorig 10.0.0.1:1 -> 10.96.0.1:443 nat 10.9.9.9:1 -> 10.0.0.3:8443")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 flags NONE options 2,4,8 mss 1460")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 flags SYN,ECE,CWR length 60 ttl 64 tos 184")]
    [TestCase("udp 10.0.0.1 -> 10.0.0.2 in eth0 fragment")]
    [TestCase("tcp [fd00::1]:1 -> [fd00::2]:2 exthdr frag,dst")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 in br0 mac AA:BB:CC:DD:EE:FF physin vif1 physout vif2")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 in-set ips,nets match \"-m string --string \\\"a\\\\b\\\"\" match \"-m bpf x\"")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 in \"mark\" in-set \"a b\"")]
    [TestCase("sctp 10.0.0.1:1 -> 10.0.0.2:2 in eth0 chunks 0,3 frame broadcast")]
    [TestCase("icmp 10.0.0.1 -> 10.0.0.2 state RELATED ctproto tcp ctorig 10.0.0.2:1 -> 10.0.0.1:80 ctrepl 10.0.0.1:80 -> 10.0.0.2:1")]
    [TestCase("hopopt 10.0.0.1 -> 10.0.0.2")]
    [TestCase("1 fd00::1 -> fd00::2")]
    public void Prints_what_it_read(string expression) =>
        Assert.That(PacketExpression.Format(PacketAssert.Parse(expression)), Is.EqualTo(expression));

    [TestCase("TCP 10.0.0.1:1  ->10.0.0.2:https", ExpectedResult = "tcp 10.0.0.1:1 -> 10.0.0.2:443")]
    [TestCase("6 10.0.0.1:1->10.0.0.2:2", ExpectedResult = "tcp 10.0.0.1:1 -> 10.0.0.2:2")]
    [TestCase("58 FD00:0::1 -> fd00::2 # remark", ExpectedResult = "icmpv6 fd00::1 -> fd00::2")]
    [TestCase("icmpv6 [fd00::1] -> fd00::2 type 128", ExpectedResult = "icmpv6 fd00::1 -> fd00::2 type echo-request")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 mark 10 hl 5", ExpectedResult = "tcp 10.0.0.1:1 -> 10.0.0.2:2 mark 0xa ttl 5")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 dscp EF", ExpectedResult = "tcp 10.0.0.1:1 -> 10.0.0.2:2 tos 184")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 dscp 0x2e", ExpectedResult = "tcp 10.0.0.1:1 -> 10.0.0.2:2 tos 184")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 flags ack , SYN", ExpectedResult = "tcp 10.0.0.1:1 -> 10.0.0.2:2 flags SYN,ACK")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 in e0 mac aa-bb-cc-dd-ee-0f", ExpectedResult = "tcp 10.0.0.1:1 -> 10.0.0.2:2 in e0 mac AA:BB:CC:DD:EE:0F")]
    [TestCase("icmp 10.0.0.1 -> 10.0.0.2 type port-unreachable", ExpectedResult = "icmp 10.0.0.1 -> 10.0.0.2 type 3/3")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 mark 0xff/0xf", ExpectedResult = "tcp 10.0.0.1:1 -> 10.0.0.2:2 mark 0xf/0xf")]
    public string Prints_canonically(string expression) => PacketExpression.Format(PacketAssert.Parse(expression));

    [Test]
    public void Each_recorded_packet_is_read_and_printed_as_recorded()
    {
        var folder = SharedData.Require("kernel-traces");
        var packets = Directory.EnumerateFiles(folder, "*.json").SelectMany(file =>
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.EnumerateArray()
                .Where(c => c.TryGetProperty("packet", out _))
                .Select(c => c.GetProperty("packet").GetString() ?? "").ToList();
        }).Distinct().ToList();

        Assert.That(packets, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (var packet in packets)
            {
                Prints_what_it_read(packet);
            }
        });
    }

    [Test]
    public void Absent_clauses_have_their_defaults()
    {
        var tcp = PacketAssert.Parse("tcp 10.0.0.1:1 -> 10.0.0.2:2");
        var ping6 = PacketAssert.Parse("icmpv6 fd00::1 -> fd00::2");

        Assert.Multiple(() =>
        {
            Assert.That(tcp.InInterface, Is.Null);
            Assert.That(tcp.Socket, Is.EqualTo(SocketKind.None));
            Assert.That(tcp.State, Is.EqualTo(ConntrackState.New));
            Assert.That(tcp.TcpFlags, Is.EqualTo(TcpFlags.Syn));
            Assert.That(tcp.Ttl, Is.EqualTo(64));
            Assert.That(tcp.Mark, Is.EqualTo(MaskedNumber.Exact(0)));
            Assert.That(tcp.Length, Is.Null);
            Assert.That(ping6.IcmpType, Is.EqualTo(128));
        });
    }

    [Test]
    public void One_id_alone_leaves_the_other_0()
    {
        var packet = PacketAssert.Parse("tcp 10.0.0.1:1 -> 10.0.0.2:2 gid 1337");

        Assert.That((packet.Socket, packet.Uid, packet.Gid), Is.EqualTo((SocketKind.Process, 0u, 1337u)));
        Assert.That(PacketExpression.Format(packet with { GivenClauses = [] }), Does.EndWith("gid 1337"));
    }

    [Test]
    public void A_packet_made_by_code_is_printed_in_the_order_of_the_clauses()
    {
        var packet = PacketAssert.Parse("tcp 10.0.0.1:1 -> 10.0.0.2:2 ttl 3 flags ACK uid 0 state ESTABLISHED") with { GivenClauses = [] };

        Assert.That(
            PacketExpression.Format(packet),
            Is.EqualTo("tcp 10.0.0.1:1 -> 10.0.0.2:2 uid 0 gid 0 state ESTABLISHED flags ACK ttl 3"));
    }

    [Test]
    public void A_copy_is_printed_with_its_own_values()
    {
        var packet = PacketAssert.Parse("tcp 10.0.0.1:1 -> 10.0.0.2:2 in eth0 ttl 3") with { InInterface = null, Ttl = 9 };

        Assert.That(PacketExpression.Format(packet), Is.EqualTo("tcp 10.0.0.1:1 -> 10.0.0.2:2 ttl 9"));
    }

    [TestCase("{|IPT5001:|}")]
    [TestCase("tcp{|IPT5001:|}")]
    [TestCase("tcp 10.0.0.1:1{|IPT5001:|}")]
    [TestCase("tcp 10.0.0.1:1 ->{|IPT5001:|}")]
    [TestCase("{|IPT5001:10.0.0.1:1|} -> 10.0.0.2:2")]
    [TestCase("tcp 10.0.0.1:1 {|IPT5001:=|}> 10.0.0.2:2 uid 1 {|IPT5010:foo|}")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 flags SYN,{|IPT5001:|}")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 {|IPT5012:uid|} -> 5 zone {|IPT5013:x|}")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 ctorig 10.0.0.1:1 {|IPT5001:10.0.0.3:5|} zone {|IPT5013:x|}")]
    [TestCase("icmp 10.0.0.1 -> 10.0.0.2 fragment {|IPT5013:x|} {|IPT5010:y|}, z uid 5 {|IPT5010:6|} 7")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 match {|IPT5001:\"abc|}")]
    public void Broken_shape(string markup) => PacketAssert.Reports(markup);

    [TestCase("{|IPT5016:any|} 10.0.0.1:1 -> 10.0.0.2:2")]
    [TestCase("tcp {|IPT5016:*|} -> 10.0.0.2:2")]
    [TestCase("tcp 10.0.0.1:{|IPT5016:*|} -> {|IPT5016:!10.0.0.2|}:2")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:{|IPT5016:80-90|}")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:80 uid {|IPT5016:!7,8|} out {|IPT5016:*|}")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 state {|IPT5016:NEW,INVALID|}")]
    [TestCase("{|IPT5016:tcp,udp|} 10.0.0.1:1 -> {|IPT5016:10.0.0.2:80,443|}")]
    [TestCase("{|IPT5016:!tcp|} 10.0.0.1 -> 10.0.0.2 in {|IPT5016:!\"eth0\"|}")]
    public void A_space_is_no_packet(string markup) => PacketAssert.Reports(markup);

    [TestCase("tcp {|IPT5004:10.0.0|}:1 -> {|IPT5004:10.0.0.256|}:2")]
    [TestCase("tcp {|IPT5006:fd00::1|} -> [fd00::2]:2")]
    [TestCase("tcp {|IPT5004:[10.0.0.1]|}:1 -> 10.0.0.2:2")]
    [TestCase("tcp {|IPT5004:[fd00::1%eth0]|}:1 -> [fd00::2]:2")]
    [TestCase("tcp {|IPT5004:[fd00::1]x|} -> [fd00::2]:2")]
    [TestCase("tcp {|IPT5004:|}:1 -> 10.0.0.2:2")]
    [TestCase("tcp {|IPT5008:10.0.0.1:|} -> 10.0.0.2:{|IPT5008:-1|}")]
    [TestCase("udp 10.0.0.1{|IPT5007::1|} -> 10.0.0.2{|IPT5007::2|} in eth0 fragment")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 nat {|IPT5005:[fd00::1]:1|} -> [fd00::2]:2")]
    public void Wrong_endpoints(string markup) => PacketAssert.Reports(markup);

    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 uid {|IPT5013:4294967295|} zone {|IPT5013:65536|} ttl {|IPT5013:256|} mark {|IPT5013:0xg|}/{|IPT5013:x|}")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 flags SYN,{|IPT5013:ACC|} {|IPT5010:UID|} 5 {|IPT5011:flags|} ACK")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 {|IPT5010:in=eth0|} {|IPT5012:out|}")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 in {|IPT5013:sixteencharacter|} {|IPT5014:uid|} 5")]
    [TestCase("udp 10.0.0.1:1 -> 10.0.0.2:2 {|IPT5014:flags|} SYN {|IPT5014:type|} 8 {|IPT5014:mac|} AA:BB:CC:DD:EE:FF {|IPT5014:exthdr|} hop")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 {|IPT5014:srctype|} LOCAL {|IPT5014:chunks|} 0 {|IPT5014:frame|} unicast fragment no")]
    [TestCase("icmp 10.0.0.1 -> 10.0.0.2 type {|IPT5013:256|} tos 3 {|IPT5015:dscp|} EF")]
    [TestCase("icmp 10.0.0.1 -> 10.0.0.2 type {|IPT5013:packet-too-big|}")]
    [TestCase("{|IPT5003:tpc|} 10.0.0.1:1 -> 10.0.0.2:2 uid {|IPT5013:x|}")]
    [TestCase("tcp [fd00::1]:1 -> [fd00::2]:2 {|IPT5014:exthdr|} frag,esp")]
    [TestCase("esp fd00::1 -> fd00::2 {|IPT5014:exthdr|} prot")]
    [TestCase("tcp [fd00::1]:1 -> [fd00::2]:2 exthdr frag,{|IPT5013:fragment1|} socket {|IPT5013:process|}")]
    public void Wrong_clauses_are_all_reported(string markup) => PacketAssert.Reports(markup);

    [TestCase("tpc 10.0.0.1:1 -> 10.0.0.2:2", "did you mean 'tcp'?")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 --uid-owner 5", "did you mean 'uid'?")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 stat NEW", "did you mean 'state'?")]
    [TestCase("tcp 10.0.0.1:1 -> 10.0.0.2:2 in=eth0", "did you mean 'in eth0'?")]
    [TestCase("icmp fd00::1 -> fd00::2", "there it is 'icmpv6'")]
    [TestCase("tcp fd00::1 -> [fd00::2]:2", "write '[fd00::1]:PORT'")]
    [TestCase("tcp www.example.org:1 -> 10.0.0.2:2", "names are not resolved")]
    public void The_message_helps(string expression, string help) =>
        Assert.That(PacketExpression.Parse(SourceText.From(expression)).Diagnostics[0].Message, Does.Contain(help));

    [Test]
    public void An_expression_within_a_text_is_reported_at_its_place()
    {
        var text = SourceText.From("first\n  packet tcp 10.0.0.1:1 -> 10.0.0.2:99999 # x\n", "a.flows");
        var (_, diagnostics) = PacketExpression.Parse(text, new TextSpan(15, 33));

        Assert.That(diagnostics.Single().ToString(), Does.StartWith("a.flows(2,37): error IPT5008: "));
    }
}
