using NUnit.Framework;
using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Packets;

namespace RuleCompiler.Tests.Evaluation;

internal sealed class PrefixTranslationTests
{
    // RFC 6296, section 2.2
    [TestCase("fd01:203:405::/48", "2001:db8:1::/48", "fd01:203:405:1::1234", ExpectedResult = "2001:db8:1:d550::1234")]
    [TestCase("2001:db8:1::/48", "fd01:203:405::/48", "2001:db8:1:d550::1234", ExpectedResult = "fd01:203:405:1::1234")]
    [TestCase("fd01:203:405:1::/64", "2001:db8:1:2::/64", "fd01:203:405:1::1234", ExpectedResult = "2001:db8:1:2:d54e::1234")]
    [TestCase("fd01:203:405:1::/64", "2001:db8:1:2::/64", "fd01:203:405:1:ffff::1", ExpectedResult = "2001:db8:1:2:ffff:d54e:0:1")]
    [TestCase("::/0", "::/0", "fd01::1", ExpectedResult = "fd01::1")]
    public string Keeps_the_checksum(string from, string to, string address) =>
        PrefixTranslation.Apply(
            new Effect.MapPrefix(IsSource: true, Prefix(from).Address, Prefix(to).Address, Prefix(from).Length),
            Prefix(address).Address).ToString();

    private static AddressPrefix Prefix(string text) =>
        AddressPrefix.TryParse(text, out var prefix) ? prefix : throw new FormatException(text);
}
