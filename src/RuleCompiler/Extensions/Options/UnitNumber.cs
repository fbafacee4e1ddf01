using System.Globalization;
using System.Text.RegularExpressions;

namespace RuleCompiler.Extensions.Options;

/// <summary>A number with a unit behind it: <c>2.5mbit</c>, <c>250ms</c>.</summary>
/// <remarks>The number is read as by strtod(3): with an exponent, too, or in hexadecimal.</remarks>
internal static partial class UnitNumber
{
    /// <param name="text">Number and unit.</param>
    /// <param name="number">The number, 0 or above.</param>
    /// <param name="unit">What stands behind it, in lower case; empty for none.</param>
    /// <returns>False where it does not begin with a number.</returns>
    public static bool TryParse(string text, out double number, out string unit)
    {
        (number, unit) = (0, "");
        if (Form().Match(text) is not { Success: true } match)
        {
            return false;
        }
        unit = text[match.Length..].ToLowerInvariant();
        if (match.Groups["decimal"] is { Success: true } digits)
        {
            return double.TryParse(digits.ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
        }
        foreach (var digit in match.Groups["whole"].Value + match.Groups["part"].Value)
        {
            number = (number * 16) + Convert.ToInt32($"{digit}", 16);
        }
        _ = int.TryParse(match.Groups["power"].ValueSpan, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var power);
        number *= Math.Pow(2, power - (4 * match.Groups["part"].Length));
        return true;
    }

    [GeneratedRegex(
        @"^[ \t\n\v\f\r]*\+?(0[xX](?=\.?[0-9a-fA-F])(?<whole>[0-9a-fA-F]*)(\.(?<part>[0-9a-fA-F]*))?([pP](?<power>[+-]?[0-9]+))?|(?<decimal>([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
