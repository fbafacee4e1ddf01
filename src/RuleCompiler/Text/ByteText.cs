using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace RuleCompiler.Text;

/// <summary>Text of a dump as a string from which its bytes can be had again, broken UTF-8 too.</summary>
/// <remarks>
/// The tools take any bytes for names and comments, and print them as they came. A byte that is no part of a UTF-8
/// character becomes the lone surrogate U+DC00 plus the byte, as in PEP 383. Only <see cref="GetBytes"/> makes the byte
/// of it again; all other encoders show U+FFFD in its place.
/// </remarks>
internal static class ByteText
{
    private const int FirstSurrogate = 0xDC00;

    public static string GetString(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }
        var text = new StringBuilder(bytes.Length);
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done)
            {
                text.Append(rune.ToString());
            }
            else
            {
                length = 1;
                text.Append((char)(FirstSurrogate + bytes[0]));
            }
            bytes = bytes[length..];
        }
        return text.ToString();
    }

    public static byte[] GetBytes(string text)
    {
        using var buffer = new Utf8Buffer();
        AppendTo(buffer, text);
        return buffer.WrittenSpan.ToArray();
    }

    public static int GetByteCount(string text) => HasSurrogate(text) ? GetBytes(text).Length : Encoding.UTF8.GetByteCount(text);

    public static void AppendTo(Utf8Buffer buffer, ReadOnlySpan<char> text)
    {
        if (!HasSurrogate(text))
        {
            buffer.Append(text);
            return;
        }
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out var length) == OperationStatus.Done)
            {
                buffer.Append(text[..length]);
            }
            else
            {
                buffer.Append((byte)(text[0] - FirstSurrogate));
            }
            text = text[length..];
        }
    }

    /// <summary>Whether a byte of no character may be in the text; a character above U+FFFF has a surrogate too.</summary>
    private static bool HasSurrogate(ReadOnlySpan<char> text) => text.ContainsAnyInRange('\uDC80', '\uDCFF');
}
