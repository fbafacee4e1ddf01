using System.Text;
using CsCheck;
using NUnit.Framework;
using RuleCompiler.Cli.Input;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Cli.Input;

/// <summary>Where the quick reader gives a packet, the general one gives the same.</summary>
internal sealed class FlatObjectReaderTests
{
    private static readonly Gen<string> Line =
        from protocol in OneOf("tcp", "udp", "icmp", "icmpv6", "sctp", "gre", "47", "58", "6", "06", "0", "all", "ESP", "nope")
        from isV6 in Gen.Bool
        from source in OneOf("10.0.0.1", "fd00::7", "1.2.3.256", "010.0.0.1", "10.0.0")
        from destination in OneOf("192.0.2.255", "fd00::9", "::ffff:1.2.3.4")
        from sourcePort in OneOf("1024", "\"80\"", "65536", "080", "")
        from destinationPort in OneOf("0", "65535", "-1", "")
        from more in OneOf(
            "", ",\"in\":\"eth0\"", ",\"uid\":1000", ",\"uid\":0,\"gid\":1337", ",\"in\":\"eth0\",\"out\":\"wlan-0.1\"", ",\"in\":\"eth+\"",
            ",\"state\":\"ESTABLISHED\",\"ttl\":5", ",\"state\":\"new\",\"length\":60", ",\"state\":\"OPEN\"", ",\"mark\":1337,\"uid\":5", ",\"mark\":\"0x5\"", ",\"ttl\":256",
            ",\"flags\":\"SYN,ACK\",\"in\":\"eth0\"", ",\"flags\":\"NONE\"", ",\"flags\":\"SYN,,ACK\"", ",\"flags\":\"SYN, RST\",\"state\":\"INVALID\"", ",\"flags\":\"ACK,ACK\"",
            ",\"uid\":4294967295", ",\"in\":\"eth0\",\"uid\":5", ", \"gid\" : 7 ", ",\"gid\":7,\"gid\":7")
        select $$"""{"protocol":"{{protocol}}","source":"{{source}}"{{Field("sourcePort", sourcePort)}},"destination":"{{destination}}"{{Field("destinationPort", destinationPort)}}{{more}}}""";

    [Test]
    public void Reads_as_the_general_reader_does() => Line.Sample(
        line =>
        {
            var quick = new FlatObjectReader().Read(Encoding.UTF8.GetBytes(line));
            // A name in another case is for the general reader.
            var general = line.Replace("\"protocol\"", "\"PROTOCOL\"", StringComparison.Ordinal);
            var isRead = new NdjsonParser().TryParse(Encoding.UTF8.GetBytes(general), out var packet, out _);
            return quick is null || (isRead && packet is not null && Describe(quick) == Describe(packet));
        },
        iter: 5000);

    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort":1,"destination":"10.0.0.2","destinationPort":80}""", ExpectedResult = true)]
    [TestCase(""" { "proto" : "udp", "src":"fd00::1", "sport":"1", "dst":"fd00::2", "dport":80, "in":"eth0" } """, ExpectedResult = true)]
    [TestCase("""{"protocol":"icmp","source":"10.0.0.1","destination":"10.0.0.2","uid":0}""", ExpectedResult = true)]
    [TestCase("""{"protocol":"gre","source":"10.0.0.1","destination":"10.0.0.2","uid":0}""", ExpectedResult = true)]
    [TestCase("""{"protocol":132,"source":"10.0.0.1","sourcePort":1,"destination":"10.0.0.2","destinationPort":80}""", ExpectedResult = true)]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort":1,"destination":"10.0.0.2","destinationPort":80,"mark":5,"state":"NEW","flags":"SYN,ACK","ttl":63,"length":60}""", ExpectedResult = true)]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort":1,"destination":"10.0.0.2","destinationPort":80,"zone":5}""", ExpectedResult = false)]
    [TestCase("""{"protocol":"udp","source":"10.0.0.1","sourcePort":1,"destination":"10.0.0.2","destinationPort":80,"flags":"SYN"}""", ExpectedResult = false)]
    [TestCase("""{"protocol":"tcp","source":"10.0.0.1","sourcePort":1,"destination":"10.0.0.2","destinationPort":80} x""", ExpectedResult = false)]
    [TestCase("""{"protocol":"t\u0063p","source":"10.0.0.1","destination":"10.0.0.2"}""", ExpectedResult = false)]
    [TestCase("{", ExpectedResult = false)]
    [TestCase("", ExpectedResult = false)]
    public bool Takes_what_needs_no_thought(string line) => new FlatObjectReader().Read(Encoding.UTF8.GetBytes(line)) is not null;

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(index => texts[index]);

    private static string Field(string name, string value) => value.Length == 0 ? "" : $",\"{name}\":{value}";

    private static string Describe(Packet packet) => $"{PacketExpression.Format(packet)} {packet.Socket} {string.Join(',', packet.GivenClauses)}";
}
