using System.Globalization;
using System.Text;
using NUnit.Framework;
using RuleCompiler.Extensions;

namespace RuleCompiler.Tests.Extensions;

internal sealed class ScannedNumberTests
{
    [TestCase("53", false, ExpectedResult = "53 and ''")]
    [TestCase(" +7,rest", false, ExpectedResult = "7 and ',rest'")]
    [TestCase("-1", false, ExpectedResult = "18446744073709551615 and ''")]
    [TestCase("18446744073709551615", false, ExpectedResult = "18446744073709551615 and ''")]
    [TestCase("18446744073709551616", false, ExpectedResult = "18446744073709551615 and ''")]
    [TestCase("-18446744073709551616", false, ExpectedResult = "18446744073709551615 and ''")]
    [TestCase("1f", false, ExpectedResult = "1 and 'f'")]
    [TestCase("1F:", true, ExpectedResult = "31 and ':'")]
    [TestCase("0xAb", true, ExpectedResult = "171 and ''")]
    [TestCase("0x", true, ExpectedResult = "0 and 'x'")]
    [TestCase("x1", true, ExpectedResult = "none and 'x1'")]
    [TestCase("", false, ExpectedResult = "none and ''")]
    public string Takes(string text, bool isHexadecimal)
    {
        ReadOnlySpan<byte> rest = Encoding.ASCII.GetBytes(text);
        var number = ScannedNumber.Take(ref rest, isHexadecimal);
        return $"{number?.ToString(CultureInfo.InvariantCulture) ?? "none"} and '{Encoding.ASCII.GetString(rest)}'";
    }
}
