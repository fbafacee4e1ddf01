using NUnit.Framework;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Evaluation;

/// <summary>Pairs that the kernel showed.</summary>
internal sealed class NatAddressRangeTests
{
    [TestCase("10.0.0.9", ExpectedResult = "10.1.0.15")]
    [TestCase("10.0.0.5", ExpectedResult = "10.1.0.19")]
    [TestCase("10.0.0.6", ExpectedResult = "10.1.0.12")]
    [TestCase("10.0.0.7", ExpectedResult = "10.1.0.10")]
    [TestCase("10.0.0.8", ExpectedResult = "10.1.0.12")]
    public string Takes_the_address_that_the_kernel_takes(string source) =>
        NatAddressRange.Pick(
            Address("10.1.0.10"), Address("10.1.0.20"), Address(source), Address("10.0.0.1"), isSource: false, zone: 0, isPersistent: false).ToString();

    [TestCase("fd00:0:1::231", "fd00:0:1::238", "fd00:0:1::94", "2001:db8:1::77", ExpectedResult = "fd00:0:1::237")]
    [TestCase("2001:db8::5", "2001:db8::24", "fd00::40", "fd00:1::58", ExpectedResult = "2001:db8::11")]
    [TestCase("2001:db8:1::77", "2001:db8:1::80", "fd00::118", "fd00:1::46", ExpectedResult = "2001:db8:1::80")]
    public string Takes_the_IPv6_destination_that_the_kernel_takes(string low, string high, string source, string destination) =>
        NatAddressRange.Pick(
            Address(low), Address(high), Address(source), Address(destination), isSource: false, zone: 0, isPersistent: false).ToString();

    [Test]
    public void Persistent_does_not_look_at_the_destination() => Assert.That(
        NatAddressRange.Pick(Address("10.1.0.1"), Address("10.1.0.99"), Address("10.0.0.1"), Address("10.0.0.2"), true, 0, true),
        Is.EqualTo(NatAddressRange.Pick(Address("10.1.0.1"), Address("10.1.0.99"), Address("10.0.0.1"), Address("10.0.0.3"), true, 0, true)));

    [Test]
    public void IPv6_stays_in_the_range()
    {
        var low = Address("fd00::1:10");
        var high = Address("fd00::1:20");
        for (var source = 1u; source < 100; source++)
        {
            var picked = NatAddressRange.Pick(low, high, low with { Value = source }, high, source % 2 == 0, 0, false);
            Assert.That(picked.Value, Is.InRange(low.Value, high.Value));
        }
    }

    private static IpAddress Address(string text) => IpAddress.TryParse(text, out var address) ? address : default;
}
