using System.Globalization;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Packets;

internal sealed class FieldSetTextTests
{
    [TestCase(PacketField.Protocol, "6", "tcp")]
    [TestCase(PacketField.Protocol, "6 17", "tcp,udp")]
    [TestCase(PacketField.Protocol, "253", "253")]
    [TestCase(PacketField.Source, "0x0a000000-0x0affffff", "src 10.0.0.0/8")]
    [TestCase(PacketField.Source, "0x0a000001", "src 10.0.0.1")]
    [TestCase(PacketField.Destination, "0x0a000001-0x0a000003", "dst 10.0.0.1-10.0.0.3")]
    [TestCase(PacketField.DestinationPort, "22 80-90", "dport 22,80-90")]
    [TestCase(PacketField.DestinationPort, "1024-65535", "dport 1024-65535")]
    [TestCase(PacketField.DestinationPort, "0-65535", "dport *")]
    [TestCase(PacketField.Mark, "5", "mark 0x5")]
    [TestCase(PacketField.Mark, "0x100-0x1ff", "mark 0x100/0xffffff00")]
    [TestCase(PacketField.IcmpTypeCode, "0x0800-0x08ff", "type 8")]
    [TestCase(PacketField.IcmpTypeCode, "0x0301", "type 3/1")]
    [TestCase(PacketField.ConntrackState, "2 8", "state NEW,ESTABLISHED")]
    [TestCase(PacketField.ConntrackDirection, "1", "dir REPLY")]
    [TestCase(PacketField.FrameKind, "1", "frame broadcast")]
    [TestCase(PacketField.MacSource, "0x0200000000ff", "mac 02:00:00:00:00:ff")]
    [TestCase(PacketField.Ttl, "65-255", "ttl 65-255")]
    [TestCase(PacketField.IsLaterFragment, "1", "fragment")]
    [TestCase(PacketField.IsLaterFragment, "0", "!fragment")]
    public void Values_print_in_their_natural_form(PacketField field, string values, string text) =>
        Assert.That(Print(field, Parse(values)), Is.EqualTo(text));

    [Test]
    public void A_negated_set_that_absent_satisfies_has_its_sign_first() =>
        Assert.That(Print(PacketField.Uid, Negate(PacketField.Uid, "1337").WithAbsent(true)), Is.EqualTo("!uid 1337"));

    [Test]
    public void A_negated_set_that_needs_the_field_has_its_sign_behind_the_name() =>
        Assert.That(Print(PacketField.DestinationPort, Negate(PacketField.DestinationPort, "22").WithAbsent(false)), Is.EqualTo("dport !22"));

    [Test]
    public void A_field_that_is_always_there_has_its_sign_first() =>
        Assert.That(Print(PacketField.Source, Negate(PacketField.Source, "0x0a000000-0x0affffff")), Is.EqualTo("!src 10.0.0.0/8"));

    [Test]
    public void All_states_but_one_print_as_its_negation() =>
        Assert.That(Print(PacketField.ConntrackState, Parse("1 4 8 16")), Is.EqualTo("!state NEW"));

    [Test]
    public void A_set_of_absent_only() =>
        Assert.That(Print(PacketField.Uid, FieldSet.Empty.WithAbsent(true)), Is.EqualTo("!uid *"));

    [TestCase("lo", false, "in lo")]
    [TestCase("eth", true, "in eth+")]
    [TestCase("a\u0007", false, @"in a\x07")]
    public void Interface_patterns(string name, bool isPrefix, string text)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(name);
        var set = isPrefix ? FieldSet.Range(InterfaceName.WithPrefix(bytes)) : FieldSet.Of(InterfaceName.Pack(bytes));

        Assert.That(Print(PacketField.InInterface, set), Is.EqualTo(text));
    }

    [Test]
    public void Masks_with_holes() => Assert.That(
        Print(PacketField.Source, FieldSet.Masked(0x0A000000, 0xFF00FF00, 32)), Is.EqualTo("src 10.0.0.0/255.0.255.0"));

    [TestCase(0x02, 0x17, "flags SYN/FIN,SYN,RST,ACK")]
    [TestCase(0x00, 0x3F, "flags NONE/FIN,SYN,RST,PSH,ACK,URG")]
    public void Tcp_flags(int bits, int mask, string text) => Assert.That(
        Print(PacketField.TcpFlags, FieldSet.Masked((uint)bits, (uint)mask, 8)), Is.EqualTo(text));

    [Test]
    public void At_least_one_bit_of_a_set() => Assert.That(
        Print(PacketField.DestinationAddressType, FieldSet.AnyBit((uint)(AddressType.Local | AddressType.Broadcast))),
        Is.EqualTo("dsttype LOCAL,BROADCAST"));

    [Test]
    public void No_bit_of_a_set() => Assert.That(
        Print(PacketField.ConntrackStatus, FieldSet.Masked(0, (uint)ConntrackStatus.DestinationNat, 6)), Is.EqualTo("ctstatus !DNAT"));

    [Test]
    public void Addresses_of_ipv6() => Assert.That(
        Print(PacketField.Source, FieldSet.Masked((UInt128)0xFD00_0000_0000_0000 << 64, UInt128.MaxValue << 120, 128), Family.IPv6),
        Is.EqualTo("src fd00::/8"));

    private static string Print(PacketField field, FieldSet set, Family family = Family.IPv4)
    {
        using var buffer = new Utf8Buffer();
        FieldSetText.Write(buffer, field, set, family);
        return buffer.ToString();
    }

    private static FieldSet Negate(PacketField field, string values) => Parse(values).Complement(PacketFieldInfo.Max(field));

    private static FieldSet Parse(string values) => FieldSet.Union(values.Split(' ').Select(range =>
    {
        var ends = range.Split('-');
        return new Interval(Number(ends[0]), Number(ends[^1]));
    }));

    private static UInt128 Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? UInt128.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : UInt128.Parse(text, CultureInfo.InvariantCulture);
}
