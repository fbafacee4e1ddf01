using CsCheck;
using NUnit.Framework;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Packets;

internal sealed class IpAddressTests
{
    [Test]
    public void IPv4_text_is_read_back() =>
        Gen.UInt.Sample(value => IsReadBack(new IpAddress(Family.IPv4, value)));

    [Test]
    public void IPv6_text_is_read_back() => Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 128]).Sample((high, low, shift) =>
        IsReadBack(new IpAddress(Family.IPv6, new UInt128(high, low) >> (shift == 128 ? 127 : shift))));

    [TestCase("10.0.0.1", ExpectedResult = "10.0.0.1")]
    [TestCase("255.255.255.255", ExpectedResult = "255.255.255.255")]
    [TestCase("FD00:0:0::0001", ExpectedResult = "fd00::1")]
    [TestCase("::", ExpectedResult = "::")]
    [TestCase("1:0:0:2:0:0:0:3", ExpectedResult = "1:0:0:2::3")]
    [TestCase("::ffff:10.0.0.1", ExpectedResult = "::ffff:10.0.0.1")]
    [TestCase("::ffff:0:0", ExpectedResult = "::ffff:0.0.0.0")]
    [TestCase("::1:2", ExpectedResult = "::0.1.0.2")]
    [TestCase("::0.0.0.5", ExpectedResult = "::5")]
    [TestCase("::ffff:0:1.2.3.4", ExpectedResult = "::ffff:0:102:304")]
    [TestCase("::5efe:1.2.3.4", ExpectedResult = "::5efe:102:304")]
    [TestCase("1::", ExpectedResult = "1::")]
    [TestCase("0:1::2:0", ExpectedResult = "0:1::2:0")]
    [TestCase("1:0:2:3:4:5:6:7", ExpectedResult = "1:0:2:3:4:5:6:7")]
    [TestCase("::2:3:4:5:6:7", ExpectedResult = "::2:3:4:5:6:7")]
    public string Prints_as_iptables_does(string text) =>
        IpAddress.TryParse(text, out var address) ? address.ToString() : throw new FormatException(text);

    [TestCase("")]
    [TestCase("10.0.0")]
    [TestCase("10.0.0.256")]
    [TestCase("10.0.0.01")]
    [TestCase("::1.2.3.04")]
    [TestCase("10.0.0.1.2")]
    [TestCase("10.0.0.+1")]
    [TestCase(" 10.0.0.1")]
    [TestCase("10.0.0.1/32")]
    [TestCase("[::1]")]
    [TestCase("fe80::1%eth0")]
    [TestCase("1:2:3")]
    [TestCase("1::2::3")]
    public void Text_that_is_no_address(string text) => Assert.That(IpAddress.TryParse(text, out _), Is.False);

    [TestCase("10.0.0.1", 80, ExpectedResult = "10.0.0.1:80")]
    [TestCase("::1", 80, ExpectedResult = "[::1]:80")]
    [TestCase("::1", null, ExpectedResult = "::1")]
    public string Port_stands_behind_the_address(string text, int? port) =>
        IpAddress.TryParse(text, out var address) ? address.ToString((ushort?)port) : throw new FormatException(text);

    private static bool IsReadBack(IpAddress address) =>
        IpAddress.TryParse(address.ToString(), out var read) && read == address;
}
