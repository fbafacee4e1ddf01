using System.Buffers;
using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>A decimal number with a unit behind it: <c>2.5mbit</c>, <c>250ms</c>.</summary>
internal static class UnitNumber
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789.");

    /// <param name="text">Number and unit.</param>
    /// <param name="number">The number, 0 or above.</param>
    /// <param name="unit">What stands behind it, in lower case; empty for none.</param>
    /// <returns>False where it does not begin with a number.</returns>
    public static bool TryParse(string text, out double number, out string unit)
    {
        var length = text.AsSpan().IndexOfAnyExcept(Digits);
        unit = length < 0 ? "" : text[length..].ToLowerInvariant();
        return double.TryParse(
            text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);
    }
}
