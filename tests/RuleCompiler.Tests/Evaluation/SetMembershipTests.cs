using System.Collections.Immutable;
using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Packets;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class SetMembershipTests
{
    private static readonly SetMembership Sets = new(HostAssert.Read("""
        { "sets": [
          {"name": "ips", "type": "hash:ip", "members": ["10.0.0.1", "10.0.1.4-10.0.1.9", "10.0.2.0/30 timeout 0"]},
          {"name": "masked", "type": "hash:ip", "options": "netmask 24", "members": ["10.3.0.0"]},
          {"name": "nets", "type": "hash:net", "members": ["10.0.0.0/8", "10.5.0.0/16 nomatch", "10.5.5.0/24", "0.0.0.0/0 nomatch"]},
          {"name": "v6", "type": "hash:net", "family": "inet6", "members": ["fd00::/8 comment \"not nomatch\""]},
          {"name": "ipport", "type": "hash:ip,port", "members": ["10.0.0.2,tcp:80", "10.0.0.2,udp:53-60", "10.0.0.2,icmp:echo-request", "10.0.0.2,gre:0"]},
          {"name": "netport", "type": "hash:net,port", "members": ["10.0.0.0/24,80"]},
          {"name": "triple", "type": "hash:ip,port,ip", "members": ["10.0.0.2,tcp:80,10.0.0.1"]},
          {"name": "pair", "type": "hash:net,net", "members": ["10.0.0.0/8,10.0.0.0/24", "10.0.0.0/8,10.0.0.2/32 nomatch"]},
          {"name": "iface", "type": "hash:net,iface", "members": ["10.0.0.0/8,eth0", "10.0.0.0/8,vet wildcard", "10.0.0.0/8,physdev:eth9"]},
          {"name": "nested", "type": "hash:net,iface", "members": ["10.0.0.0/8,eth0", "10.1.0.0/16,eth1", "10.2.0.0/16,physdev:eth1", "10.3.0.0/16,eth1", "10.3.0.0/16,eth0"]},
          {"name": "marks", "type": "hash:ip,mark", "options": "markmask 0xff", "members": ["10.0.0.1,0x00000007"]},
          {"name": "macs", "type": "hash:mac", "members": ["02:00:00:00:00:01"]},
          {"name": "ipmac", "type": "bitmap:ip,mac", "options": "range 10.0.0.0/24", "members": ["10.0.0.1,02:00:00:00:00:01", "10.0.0.3"]},
          {"name": "ports", "type": "bitmap:port", "options": "range 0-65535", "members": ["80", "1000-1010"]},
          {"name": "list", "type": "list:set", "members": ["nets", "ports"]},
          {"name": "part", "type": "list:set", "members": ["ips", "elsewhere"]} ] }
        """));

    [TestCase("ips", "src", "tcp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("ips", "dst", "tcp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("ips", "dst", "tcp 10.0.0.1:1 -> 10.0.1.9:80", ExpectedResult = true)]
    [TestCase("ips", "dst", "tcp 10.0.0.1:1 -> 10.0.1.10:80", ExpectedResult = false)]
    [TestCase("ips", "dst,dst", "tcp 10.0.0.1:1 -> 10.0.2.3:80", ExpectedResult = true)]
    [TestCase("ips", "src", "tcp [fd00::1]:1 -> [fd00::2]:80", ExpectedResult = false)]
    [TestCase("masked", "src", "tcp 10.3.0.77:1 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("nets", "src", "tcp 10.4.0.1:1 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("nets", "src", "tcp 10.5.0.1:1 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("nets", "src", "tcp 10.5.5.1:1 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("nets", "src", "tcp 11.5.5.1:1 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("v6", "src", "tcp [fd00::1]:1 -> [fd00::2]:80", ExpectedResult = true)]
    [TestCase("ipport", "dst,dst", "tcp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("ipport", "dst,src", "tcp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("ipport", "dst", "tcp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("ipport", "dst,dst", "udp 10.0.0.1:1 -> 10.0.0.2:54", ExpectedResult = true)]
    [TestCase("ipport", "dst,dst", "udp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("ipport", "dst,dst", "icmp 10.0.0.1 -> 10.0.0.2", ExpectedResult = true)]
    [TestCase("ipport", "dst,dst", "gre 10.0.0.1 -> 10.0.0.2", ExpectedResult = true)]
    [TestCase("netport", "dst,dst", "tcp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("triple", "dst,dst,src", "tcp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = true)]
    [TestCase("triple", "src,dst,dst", "tcp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("pair", "src,dst", "tcp 10.9.0.1:1 -> 10.0.0.3:80", ExpectedResult = true)]
    [TestCase("pair", "src,dst", "tcp 10.9.0.1:1 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("iface", "src,src", "tcp 10.9.0.1:1 -> 10.0.0.2:80 in eth0", ExpectedResult = true)]
    [TestCase("iface", "src,dst", "tcp 10.9.0.1:1 -> 10.0.0.2:80 in eth0", ExpectedResult = false)]
    [TestCase("iface", "src,src", "tcp 10.9.0.1:1 -> 10.0.0.2:80 in veth7", ExpectedResult = true)]
    [TestCase("iface", "src,src", "tcp 10.9.0.1:1 -> 10.0.0.2:80 in br0 physin eth9", ExpectedResult = false)]
    [TestCase("nested", "src,src", "tcp 10.0.0.1:1 -> 10.0.0.2:80 in eth0", ExpectedResult = true)]
    [TestCase("nested", "src,src", "tcp 10.1.0.1:1 -> 10.0.0.2:80 in eth0", ExpectedResult = false)] // ipset test: NOT in set
    [TestCase("nested", "src,src", "tcp 10.1.0.1:1 -> 10.0.0.2:80 in eth1", ExpectedResult = true)]
    [TestCase("nested", "src,src", "tcp 10.2.0.1:1 -> 10.0.0.2:80 in eth0", ExpectedResult = true)] // a member of a bridge port hides nothing
    [TestCase("nested", "src,src", "tcp 10.3.0.1:1 -> 10.0.0.2:80 in eth0", ExpectedResult = true)]
    [TestCase("marks", "src,src", "tcp 10.0.0.1:1 -> 10.0.0.2:80 mark 0x107", ExpectedResult = true)]
    [TestCase("marks", "src,src", "tcp 10.0.0.1:1 -> 10.0.0.2:80 mark 0x7/0xf", ExpectedResult = null)]
    [TestCase("marks", "src,src", "tcp 10.0.0.1:1 -> 10.0.0.2:80 mark 0x6/0xf", ExpectedResult = false)]
    [TestCase("macs", "src", "tcp 10.0.0.1:1 -> 10.0.0.2:80 in eth0 mac 02:00:00:00:00:01", ExpectedResult = true)]
    [TestCase("macs", "src", "tcp 10.0.0.1:1 -> 10.0.0.2:80 in eth0", ExpectedResult = null)]
    [TestCase("macs", "src", "tcp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("ipmac", "src,src", "tcp 10.0.0.3:1 -> 10.0.0.2:80 in eth0", ExpectedResult = true)]
    [TestCase("ipmac", "src,src", "tcp 10.0.0.3:1 -> 10.0.0.2:80 uid 0", ExpectedResult = false)]
    [TestCase("ipmac", "src,src", "tcp 10.0.0.1:1 -> 10.0.0.2:80 in eth0 mac 02:00:00:00:00:02", ExpectedResult = false)]
    [TestCase("ports", "dst", "udp 10.0.0.1:1 -> 10.0.0.2:1010", ExpectedResult = true)]
    [TestCase("ports", "dst", "sctp 10.0.0.1:1 -> 10.0.0.2:80", ExpectedResult = false)]
    [TestCase("ports", "dst", "icmp 10.0.0.1 -> 10.0.0.2", ExpectedResult = false)]
    [TestCase("list", "src", "tcp 11.0.0.1:80 -> 10.0.0.2:81", ExpectedResult = true)]
    [TestCase("list", "dst", "tcp 11.0.0.1:80 -> 12.0.0.2:81", ExpectedResult = false)]
    [TestCase("part", "src", "tcp 10.0.0.1:80 -> 12.0.0.2:81", ExpectedResult = true)]
    [TestCase("part", "dst", "tcp 10.0.0.1:80 -> 12.0.0.2:81", ExpectedResult = null)]
    [TestCase("elsewhere", "src", "tcp 10.0.0.1:80 -> 12.0.0.2:81", ExpectedResult = null)]
    public bool? Contains(string set, string directions, string expression)
    {
        var packet = PacketAssert.Parse(expression);
        var isIcmp = packet.Protocol is IpProtocol.Icmp or IpProtocol.IcmpV6;
        ImmutableArray<SetDimension> dimensions =
            [.. directions.Split(',').Select(d => d == "src" ? SetDimension.Source : SetDimension.Destination)];
        return Sets.Contains(set, dimensions, new SetKey
        {
            Source = packet.Source.Address,
            Destination = packet.Destination.Address,
            Protocol = packet.Protocol,
            SourcePort = packet.Source.Port,
            DestinationPort = packet.Destination.Port,
            IcmpTypeCode = isIcmp ? (ushort)((packet.IcmpType << 8) | packet.IcmpCode) : null,
            InInterface = packet.InInterface,
            OutInterface = packet.OutInterface,
            MacSource = packet.MacSource,
            Mark = packet.Mark,
        });
    }
}
