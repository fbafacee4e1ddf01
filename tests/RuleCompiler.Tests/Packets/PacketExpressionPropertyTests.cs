using CsCheck;
using NUnit.Framework;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Packets;

/// <summary>What holds for every text, not only for those that people write.</summary>
internal sealed class PacketExpressionPropertyTests
{
    private static readonly string[] Words =
    [
        "tcp", "udp", "icmp", "icmpv6", "99", "10.0.0.1", "10.0.0.1:80", "[fd00::1]:80", "fd00::1", "->", ",", "*", "!1", "in", "out",
        "eth0", "uid", "gid", "1000", "groups", "socket", "kernel", "state", "NEW", "ESTABLISHED", "dir", "reply", "ctstatus", "SNAT",
        "mark", "0x1", "0x1/0xff", "ctmark", "zone", "ctorig", "nat", "flags", "SYN", "ACK", "options", "2", "mss", "1460", "type",
        "echo-request", "3/1", "length", "ttl", "hl", "tos", "dscp", "EF", "fragment", "exthdr", "frag", "mac", "AA:BB:CC:DD:EE:FF",
        "physin", "physout", "in-set", "\"mark\"", "match", "\"-m x \\\"y\\\"\"", "\"open", "!", "|", "SYN|ACK", "80,443", "chunks", "frame",
        "unicast", "ctproto", "ctrepl", "no", "srctype", "rcvsocket", "#", "é", "-", ">",
    ];

    private static readonly Gen<string> Word = Gen.Int[0, Words.Length - 1].Select(index => Words[index]);

    private static readonly Gen<string> Text = Gen.Frequency(
        (3, Word.Array[0, 12].Select(words => string.Join(' ', words))),
        (5, Word.Array[0, 8].Select(words => $"tcp 10.0.0.1:1 -> 10.0.0.2:2 {string.Join(' ', words)}")),
        (1, Gen.String));

    [Test]
    public void Any_text_is_a_packet_or_has_problems_within_it() => Text.Sample(text =>
    {
        var source = SourceText.From(text);
        var (packet, diagnostics) = PacketExpression.Parse(source);
        return (packet is null) == (diagnostics.Length > 0)
            && diagnostics.All(d => d.Location.Span.Start >= 0 && d.Location.Span.End <= source.Length && d.Message.Length > 0);
    });

    [Test]
    public void A_packet_printed_and_read_again_prints_the_same() => Text.Sample(text =>
    {
        if (PacketExpression.Parse(SourceText.From(text)).Packet is { } packet)
        {
            var printed = PacketExpression.Format(packet);
            Assert.That(PacketExpression.Format(PacketAssert.Parse(printed)), Is.EqualTo(printed));
            var anew = PacketExpression.Format(packet with { GivenClauses = [] });
            Assert.That(PacketExpression.Format(PacketAssert.Parse(anew) with { GivenClauses = [] }), Is.EqualTo(anew));
        }
    });
}
