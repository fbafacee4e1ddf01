using System.Buffers.Text;
using System.Globalization;

namespace RuleCompiler.Extensions;

/// <summary>Numbers as the tools read them: decimal, <c>0x</c> hexadecimal, or octal with a leading 0; blanks and <c>+</c> may stand before them.</summary>
/// <remarks>Source: libxtables/xtables.c, <c>xtables_strtoul</c>, which is strtoul(3) with base 0.</remarks>
internal static class XtablesNumber
{
    /// <summary>Reads the whole of <paramref name="text"/>.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, ulong max, out ulong value)
    {
        value = 0;
        text = text.TrimEnd((byte)0); // a zero byte ends a text for the tools; the parser has told of it
        if (text.IsEmpty)
        {
            return false;
        }
        if (text[0] is not (>= (byte)'0' and <= (byte)'9'))
        {
            text = text.TrimStart(" \t\v\f"u8);
            text = text is [(byte)'+', ..] ? text[1..] : text;
        }
        var isRead = text switch
        {
            [(byte)'0', (byte)'x' or (byte)'X', .. var digits] =>
                ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value),
            [(byte)'0', .. { Length: > 0 } digits] => TryParseOctal(digits, out value),
            _ => text is [>= (byte)'0' and <= (byte)'9', ..]
                && Utf8Parser.TryParse(text, out value, out var consumed) && consumed == text.Length,
        };
        return isRead && value <= max;
    }

    private static bool TryParseOctal(ReadOnlySpan<byte> digits, out ulong value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7' || value >> 61 != 0)
            {
                return false;
            }
            value = (value << 3) | (uint)(digit - '0');
        }
        return true;
    }
}
