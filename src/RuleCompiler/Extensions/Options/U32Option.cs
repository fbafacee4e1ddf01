using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace RuleCompiler.Extensions.Options;

/// <summary>Tests of a packet's words: <c>0&amp;0xFFFF=0x100:0xFFFF &amp;&amp; 6=1</c>; printed without blanks, numbers hexadecimal.</summary>
/// <remarks>Source: extensions/libxt_u32.c, <c>u32_parse</c>; iptables-extensions(8), u32, has the grammar.</remarks>
internal sealed class U32Option(string name) : OptionSpec<string>(name)
{
    private const int MaxParts = 10; // XT_U32_MAXSIZE + 1: tests, numbers of a place, values of a test

    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out string? value)
    {
        var text = new StringBuilder();
        var rest = reader.Bytes();
        var isRead = true;
        var count = 0;
        do
        {
            isRead = ++count <= MaxParts && TryReadTest(ref rest, text);
        }
        while (isRead && TrySymbol(ref rest, "&&"u8, text));
        value = text.ToString();
        return (isRead && rest.IsEmpty)
            || reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a u32 expression such as '6&0xFF=1', of at most ten tests, operators and values");
    }

    protected override void WriteValue(string value, RuleTextWriter writer) => writer.Word($"\"{value}\"");

    /// <summary>A place, <c>=</c>, and values or ranges of them.</summary>
    private static bool TryReadTest(ref ReadOnlySpan<byte> rest, StringBuilder text)
    {
        if (!TryNumber(ref rest, text))
        {
            return false;
        }
        var count = 1;
        while (!TrySymbol(ref rest, "="u8, text))
        {
            var isOperator = TrySymbol(ref rest, "<<"u8, text) || TrySymbol(ref rest, ">>"u8, text)
                || TrySymbol(ref rest, "&"u8, text) || TrySymbol(ref rest, "@"u8, text);
            if (!isOperator || ++count > MaxParts || !TryNumber(ref rest, text))
            {
                return false;
            }
        }
        count = 0;
        do
        {
            if (++count > MaxParts || !TryNumber(ref rest, text) || (TrySymbol(ref rest, ":"u8, text) && !TryNumber(ref rest, text)))
            {
                return false;
            }
        }
        while (TrySymbol(ref rest, ","u8, text));
        return true;
    }

    private static bool TrySymbol(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> symbol, StringBuilder text)
    {
        rest = rest.Trim((byte)' ');
        if (!rest.StartsWith(symbol))
        {
            return false;
        }
        rest = rest[symbol.Length..];
        text.Append(Encoding.ASCII.GetString(symbol));
        return true;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> rest, StringBuilder text)
    {
        rest = rest.Trim((byte)' ');
        var length = rest is [(byte)'+', ..] ? 1 : 0;
        while (length < rest.Length && char.IsAsciiLetterOrDigit((char)rest[length]))
        {
            length++;
        }
        if (!XtablesNumber.TryParse(rest[..length], uint.MaxValue, out var number))
        {
            return false;
        }
        rest = rest[length..];
        text.Append(CultureInfo.InvariantCulture, $"0x{number:x}");
        return true;
    }
}
