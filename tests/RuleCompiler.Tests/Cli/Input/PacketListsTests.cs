using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace RuleCompiler.Tests.Cli.Input;

/// <summary>The forms in which <c>classify</c> takes packets, seen by what it echoes.</summary>
internal sealed class PacketListsTests
{
    private const string Host = """
        { "interfaces": [ {"name": "eth0", "addresses": ["10.1.0.1/24"]}, {"name": "eth1", "addresses": ["10.2.0.1/24", "fd00:2::1/64"]} ],
          "routes": [ {"destination": "default", "via": "10.1.0.254", "interface": "eth0"} ] }
        """;

    /// <summary>From 10.2.0.9:40000 to 10.1.0.1:443, SYN, TTL 63, in an Ethernet frame.</summary>
    private const string Frame = "02000000000a 020000000077 0800"
        + "4500002800010000 3f060000 0a020009 0a010001"
        + "9c4001bb 00000001 00000000 50020000 00000000";

    [TestCase(
        "tcp      6 431999 ESTABLISHED src=10.2.0.9 dst=10.1.0.1 sport=40000 dport=443 src=10.1.0.1 dst=10.2.0.9 sport=443 dport=40000 [ASSURED] mark=5 use=1",
        ExpectedResult = "tcp 10.2.0.9:40000 -> 10.1.0.1:443 in eth1")]
    [TestCase(
        "udp      17 29 src=10.1.0.1 dst=192.0.2.53 sport=5353 dport=53 [UNREPLIED] src=192.0.2.53 dst=10.1.0.1 sport=53 dport=5353 zone=3 use=1",
        ExpectedResult = "udp 10.1.0.1:5353 -> 192.0.2.53:53 zone 3")]
    [TestCase(
        "ipv4     2 icmp     1 29 src=198.51.100.7 dst=10.1.0.1 type=8 code=0 id=7 src=10.1.0.1 dst=198.51.100.7 type=0 code=0 id=7 mark=0 use=2",
        ExpectedResult = "icmp 198.51.100.7 -> 10.1.0.1 in eth0 type echo-request")]
    [TestCase("unknown  2 590 src=10.2.0.9 dst=224.0.0.1 [UNREPLIED] src=224.0.0.1 dst=10.2.0.9 use=1", ExpectedResult = "igmp 10.2.0.9 -> 224.0.0.1 in eth1")]
    [TestCase("tcp 6 10 src=10.2.0.9 dst=10.1.0.1", ExpectedResult = "IPT5002")]
    public string Connections_of_conntrack(string line) => Echo(Encoding.UTF8.GetBytes(line + "\n")).Single();

    [TestCase("conntrack v1.4.7 (conntrack-tools): 1 flow entries have been shown.\n{0}\n", TestName = "The tool's own line first")]
    [TestCase("{0}\nconntrack v1.4.7 (conntrack-tools): 1 flow entries have been shown.\n", TestName = "The tool's own line last")]
    public void Both_streams_of_conntrack_in_one_file(string file) => Assert.That(
        Echo(Encoding.UTF8.GetBytes(string.Format(CultureInfo.InvariantCulture, file, "gre 47 29 src=10.2.0.9 dst=10.1.0.1 srckey=0x0 dstkey=0x0 use=1"))),
        Is.EqualTo(new[] { "gre 10.2.0.9 -> 10.1.0.1 in eth1" }));

    [TestCase(false, ExpectedResult = "tcp 10.2.0.9:40000 -> 10.1.0.1:443 in eth1 flags SYN length 40 ttl 63 mac 02:00:00:00:00:77")]
    [TestCase(true, ExpectedResult = "tcp 10.2.0.9:40000 -> 10.1.0.1:443 in eth1 flags SYN length 40 ttl 63 mac 02:00:00:00:00:77")]
    public string Capture_of_either_byte_order(bool isBigEndian) => Echo(Pcap(isBigEndian, 1, Frame)).Single();

    [Test]
    public void Capture_with_names_of_interfaces() => Assert.That(
        Echo(Pcapng("wlan0", Frame)).Single(),
        Is.EqualTo("tcp 10.2.0.9:40000 -> 10.1.0.1:443 in wlan0 flags SYN length 40 ttl 63 mac 02:00:00:00:00:77"));

    [TestCase("4500001c00010000 40110000 0a010001 c0000235 14e90035 00080000", ExpectedResult = "udp 10.1.0.1:5353 -> 192.0.2.53:53 length 28 ttl 64", TestName = "Sent by the host")]
    [TestCase("4500001c00010000 40010000 0a020009 0a010001 0301 0000 00000000", ExpectedResult = "icmp 10.2.0.9 -> 10.1.0.1 in eth1 state RELATED type 3/1 length 28 ttl 64", TestName = "ICMP error")]
    [TestCase("4500001c0001 0010 40110000 0a020009 0a010001 0102030405060708", ExpectedResult = "udp 10.2.0.9 -> 10.1.0.1 in eth1 length 28 ttl 64 fragment", TestName = "Later fragment")]
    [TestCase("60000000 0010 00 40 fd000002000000000000000000000009 fd000002000000000000000000000001 1100000000000000 14e9003500080000", ExpectedResult = "udp [fd00:2::9]:5353 -> [fd00:2::1]:53 in eth1 length 56 ttl 64 exthdr hop", TestName = "IPv6 with a header before")]
    [TestCase("60000000 0038 33 40 fd000002000000000000000000000009 fd000002000000000000000000000001 2c04000000000005 0000000100000000 0000000000000000 110000000000000a 14e9003500180000 0000000000000000 0000000000000000", ExpectedResult = "udp [fd00:2::9]:5353 -> [fd00:2::1]:53 in eth1 length 96 ttl 64 exthdr auth,frag", TestName = "IPv6 authenticated, and a fragment by name")]
    [TestCase("45000034 00000000 4006 0000 0a000001 0a000002 9c400050 00000001 00000000 8002ffff 00000000 020405b4 01030307 04020000", ExpectedResult = "tcp 10.0.0.1:40000 -> 10.0.0.2:80 in eth0 flags SYN options 2,1,3,4 mss 1460 length 52 ttl 64", TestName = "TCP options")]
    [TestCase("45000028 00000000 4006 0000 0a000001 0a000002 9c400050 00000001 00000000 5000ffff 00000000", ExpectedResult = "tcp 10.0.0.1:40000 -> 10.0.0.2:80 in eth0 state INVALID flags NONE length 40 ttl 64", TestName = "No TCP flags")]
    [TestCase("45000028 00000000 4006 0000 0a000001 0a000002 9c400050 00000001 00000000 5029ffff 00000000", ExpectedResult = "tcp 10.0.0.1:40000 -> 10.0.0.2:80 in eth0 state INVALID flags FIN,PSH,URG length 40 ttl 64", TestName = "TCP flags that never go together")]
    [TestCase("45000028 00000000 4006 0000 0a000001 0a000002 9c400050 00000001 00000000 5019ffff 00000000", ExpectedResult = "tcp 10.0.0.1:40000 -> 10.0.0.2:80 in eth0 state ESTABLISHED flags FIN,PSH,ACK length 40 ttl 64", TestName = "The end of a connection")]
    [TestCase("4500001c 00000000 40010000 0a020009 0a010001 0900 0000 00000000", ExpectedResult = "icmp 10.2.0.9 -> 10.1.0.1 in eth1 state INVALID type 9 length 28 ttl 64", TestName = "ICMP of no connection")]
    [TestCase("60000000 0008 3a ff fd000002000000000000000000000009 fd000002000000000000000000000001 8700000000000000", ExpectedResult = "icmpv6 fd00:2::9 -> fd00:2::1 in eth1 state UNTRACKED type 135 length 48 ttl 255", TestName = "Neighbour discovery")]
    [TestCase("4500002800010000 3f060000 0a020009 0a010001 9c40", ExpectedResult = "IPT5002", TestName = "Cut off")]
    public string Raw_packets(string packet) => Echo(Pcap(isBigEndian: false, 101, packet)).Single();

    [Test]
    public void Frames_without_a_packet_are_told_and_passed_by() => Assert.That(
        Echo(Pcap(isBigEndian: false, 1, "ffffffffffff 020000000077 0806 0001", Frame)).Select(line => line[..3]), Is.EqualTo(new[] { "IPT", "tcp" }));

    [TestCase(1, "ffffffffffff 020000000077 0806 0001", "The frame holds no IP packet", TestName = "ARP")]
    [TestCase(1, "ffffffffffff 020000000077 8100 000a 0806 0001", "The frame holds no IP packet", TestName = "ARP in a VLAN")]
    [TestCase(0, "02000000", "The frame holds no IP packet", TestName = "Loopback alone")]
    [TestCase(1, "ffffffffffff 020000000077 0800 4500", "The IP packet is cut off before its headers end", TestName = "IPv4 cut off")]
    [TestCase(105, "0800", "Frames of link type 105 cannot be read", TestName = "Wireless")]
    public void Why_a_frame_is_no_packet(int linkType, string frame, string problem) => Assert.That(
        Run(Pcap(isBigEndian: false, linkType, frame)).Output, Does.Contain($"\"{problem}\""));

    [TestCase("d4c3b2a1 0200")]
    [TestCase("d4c3b2a1 02000400 00000000 00000000 00000400 01000000 00000000 00000000 40000000 40000000 0102")]
    [TestCase("0a0d0d0a 1c000000 4d3c2b1a 0100")]
    public void Capture_that_is_cut_off(string file)
    {
        var run = Run(Bytes(file));

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Errors, Does.Contain("damaged or cut off"));
    }

    [Test]
    public void What_stands_before_a_cut_is_answered()
    {
        const int Count = 3_000; // several parts
        var capture = Pcap(isBigEndian: false, 1, [.. Enumerable.Repeat(Frame, Count)]);

        var run = Run(capture[..^5]);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        Assert.That(run.Output.TrimEnd('\n').Split('\n'), Has.Length.EqualTo(1 + Count - 1), "the header, and all frames but the last");
    }

    [Test]
    public void Lines_before_the_cut_of_a_compressed_list_are_answered()
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            var random = new Random(1);
            for (var i = 0; i < 30_000; i++)
            {
                gzip.Write(Encoding.UTF8.GetBytes($"udp 10.2.0.9:{random.Next(1, 65536)} -> 10.1.0.1:{random.Next(1, 65536)} in eth1\n"));
            }
        }
        var bytes = compressed.ToArray();

        var run = Run(bytes[..^(bytes.Length / 4)]);

        Assert.That(run.ExitCode, Is.EqualTo(2));
        var answers = run.Output.TrimEnd('\n').Split('\n')[1..];
        Assert.That(answers, Has.Length.GreaterThan(10_000));
        Assert.That(answers[^1], Does.StartWith(string.Create(CultureInfo.InvariantCulture, $"{{\"n\":{answers.Length},")), "none is left out");
    }

    [Test]
    public void Results_keep_the_order_of_the_input()
    {
        const int Count = 40_000; // many parts
        var lines = new StringBuilder();
        for (var i = 1; i <= Count; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $$"""{"proto":"udp","src":"10.2.0.9","sport":{{i}},"dst":"10.1.0.1","dport":53,"in":"eth1"}""").Append('\n');
        }

        var echoed = Echo(Encoding.UTF8.GetBytes(lines.ToString()));

        Assert.That(echoed, Is.EqualTo(Enumerable.Range(1, Count).Select(i => string.Create(CultureInfo.InvariantCulture, $"udp 10.2.0.9:{i} -> 10.1.0.1:53 in eth1"))));
    }

    private static byte[] Pcap(bool isBigEndian, int linkType, params string[] frames) =>
    [
        .. Numbers(isBigEndian, 0xA1B2C3D4, isBigEndian ? 0x00020004u : 0x00040002u, 0, 0, 0x40000, (uint)linkType),
        .. frames.Select(Bytes).SelectMany(frame => (byte[])
            [.. Numbers(isBigEndian, 0, 0, (uint)frame.Length, (uint)frame.Length), .. frame]),
    ];

    private static byte[] Pcapng(string name, string frame)
    {
        var bytes = Bytes(frame);
        byte[] padded = [.. bytes, .. new byte[-bytes.Length & 3]];
        byte[] named = [.. Encoding.UTF8.GetBytes(name), .. new byte[-name.Length & 3]];
        return
        [
            .. Block(0x0A0D0D0A, [.. Numbers(false, 0x1A2B3C4D, 1, uint.MaxValue, uint.MaxValue)]),
            .. Block(1, [.. Numbers(false, 1, 0x40000, 2u | ((uint)name.Length << 16)), .. named, .. Numbers(false, 0)]),
            .. Block(5, Numbers(false, 0, 0, 0)),
            .. Block(6, [.. Numbers(false, 0, 0, 0, (uint)bytes.Length, (uint)bytes.Length), .. padded]),
        ];
    }

    private static byte[] Block(uint type, byte[] content)
    {
        var length = (uint)content.Length + 12;
        return [.. Numbers(false, type, length), .. content, .. Numbers(false, length)];
    }

    private static byte[] Numbers(bool isBigEndian, params uint[] numbers) =>
        [.. numbers.SelectMany(number => isBigEndian ? BitConverter.GetBytes(number).Reverse() : BitConverter.GetBytes(number))];

    private static byte[] Bytes(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace(" ", "", StringComparison.Ordinal));

    private static RulecRun Run(byte[] packets)
    {
        using var folder = new TemporaryFolder();
        return RulecRun.Of(packets, [
            "classify", folder.Write("dump", "*filter\n:INPUT ACCEPT [0:0]\nCOMMIT\n"), "--host", folder.Write("host", Host), "--packets", "-", "--echo"]);
    }

    /// <summary>The packet of each line, or the ID of its error.</summary>
    private static IEnumerable<string> Echo(byte[] packets) => [
        .. Run(packets).Output.TrimEnd('\n').Split('\n').Skip(1).Select(line => JsonDocument.Parse(line).RootElement)
            .Select(line => line.TryGetProperty("error", out var error) ? error.GetProperty("id").GetString() ?? "" : line.GetProperty("packet").GetString() ?? "")];
}
