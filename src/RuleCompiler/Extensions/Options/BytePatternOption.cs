using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace RuleCompiler.Extensions.Options;

/// <summary>Bytes as text, or as text with hexadecimal blocks between bars: <c>GET|20 2f|</c>.</summary>
/// <param name="name">The option's name.</param>
/// <param name="isHexadecimal">Whether bars and backslashes have their meaning.</param>
/// <remarks>
/// Source: extensions/libxt_string.c, <c>parse_hex_string</c>; xt_string.h, <c>XT_STRING_MAX_PATTERN_SIZE</c>. Digits of a
/// block come in pairs, a blank may follow each; outside a block a backslash takes the next byte literally.
/// </remarks>
internal sealed class BytePatternOption(string name, bool isHexadecimal) : OptionSpec<BytePattern>(name)
{
    private const int MaxBytes = 128;

    protected override bool TryRead(OptionReader reader, [NotNullWhen(true)] out BytePattern? value)
    {
        value = null;
        var text = reader.Bytes();
        var bytes = ImmutableArray.CreateBuilder<byte>(text.Length);
        if (!isHexadecimal)
        {
            bytes.AddRange(text);
        }
        else if (!TryReadBlocks(text, bytes))
        {
            return reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "text with pairs of hexadecimal digits between bars");
        }
        if (bytes.Count is 0 or > MaxBytes)
        {
            return reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "a string of 1 to 128 bytes");
        }
        value = new BytePattern(bytes.ToImmutable());
        return true;
    }

    protected override void WriteValue(BytePattern value, RuleTextWriter writer) => writer.Word(value.ToString());

    private static bool TryReadBlocks(ReadOnlySpan<byte> text, ImmutableArray<byte>.Builder bytes)
    {
        while (!text.IsEmpty)
        {
            switch (text)
            {
                case [(byte)'|', .. var rest]:
                    var end = rest.IndexOf((byte)'|');
                    if (end <= 0 || !TryReadPairs(rest[..end], bytes))
                    {
                        return false;
                    }
                    text = rest[(end + 1)..];
                    break;
                case [(byte)'\\', var literal, .. var rest]:
                    bytes.Add(literal);
                    text = rest;
                    break;
                case [(byte)'\\']:
                    return false;
                default:
                    bytes.Add(text[0]);
                    text = text[1..];
                    break;
            }
        }
        return true;
    }

    private static bool TryReadPairs(ReadOnlySpan<byte> digits, ImmutableArray<byte>.Builder bytes)
    {
        digits = digits.TrimStart((byte)' ');
        while (!digits.IsEmpty)
        {
            if (digits.Length < 2
                || !byte.TryParse(digits[..2], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var pair))
            {
                return false;
            }
            bytes.Add(pair);
            digits = digits is [_, _, (byte)' ', .. var next] ? next : digits[2..];
        }
        return true;
    }
}
