using System.Buffers;
using System.Globalization;

namespace RuleCompiler.Text;

/// <summary>Makes text that others wrote safe to show on a terminal.</summary>
/// <remarks>
/// Control characters (C0, DEL, C1) would let a dump's comment move the cursor or colour the screen, and
/// the bidirectional ones (Unicode UAX 9) show text in another order than it is in; both become <c>\xNN</c>
/// or <c>\uNNNN</c>.
/// </remarks>
internal static class DisplayText
{
    private static readonly SearchValues<char> Unsafe = SearchValues.Create(
    [
        .. Enumerable.Range(0x00, 0x20).Select(c => (char)c),
        .. Enumerable.Range(0x7F, 0x21).Select(c => (char)c),
        '\u061C', '\u200E', '\u200F', '\u2028', '\u2029',
        '\u202A', '\u202B', '\u202C', '\u202D', '\u202E', '\u2066', '\u2067', '\u2068', '\u2069',
    ]);

    /// <summary>The text with every unsafe character escaped.</summary>
    public static string Escape(string text)
    {
        if (IndexOfUnsafe(text) < 0)
        {
            return text;
        }
        using var buffer = new Utf8Buffer();
        buffer.AppendDisplayed(text);
        return buffer.ToString();
    }

    /// <summary>Index of the first character that needs escaping; negative where none does.</summary>
    internal static int IndexOfUnsafe(ReadOnlySpan<char> text) => text.IndexOfAny(Unsafe);

    internal static void AppendEscaped(Utf8Buffer buffer, char unsafeCharacter)
    {
        var isByte = unsafeCharacter < 0x80;
        buffer.Append(isByte ? "\\x"u8 : "\\u"u8);
        Span<char> digits = stackalloc char[4];
        ((int)unsafeCharacter).TryFormat(digits, out var count, isByte ? "x2" : "x4", CultureInfo.InvariantCulture);
        buffer.Append(digits[..count]);
    }
}
