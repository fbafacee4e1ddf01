namespace RuleCompiler.Extensions;

/// <summary>The number that a text begins with, as the C library scans it: blanks and a sign may stand before it, and anything behind it.</summary>
/// <remarks>Source: strtoul(3), and <c>%u</c> and <c>%x</c> of scanf(3). A negative number is counted back from 2^64.</remarks>
internal static class ScannedNumber
{
    /// <summary>Takes a number off the front of a text.</summary>
    /// <param name="text">The text; what stands behind the number is left of it, all of it where there is none.</param>
    /// <param name="isHexadecimal">Whether it is in base 16, with or without <c>0x</c>; else it is decimal.</param>
    /// <returns>The number, of longer ones the largest; null where the text does not begin with one.</returns>
    public static ulong? Take(ref ReadOnlySpan<byte> text, bool isHexadecimal = false)
    {
        var rest = text.TrimStart(" \t\n\v\f\r"u8);
        var isNegative = rest is [(byte)'-', ..];
        rest = rest is [(byte)'-' or (byte)'+', ..] ? rest[1..] : rest;
        if (isHexadecimal && rest is [(byte)'0', (byte)'x' or (byte)'X', var digit, ..] && char.IsAsciiHexDigit((char)digit))
        {
            rest = rest[2..];
        }
        var radix = isHexadecimal ? 16u : 10u;
        var length = 0;
        ulong number = 0;
        while (length < rest.Length && DigitOf(rest[length]) is var next && next < radix)
        {
            number = number > (ulong.MaxValue - next) / radix ? ulong.MaxValue : (number * radix) + next;
            length++;
        }
        if (length == 0)
        {
            return null;
        }
        text = rest[length..];
        return isNegative && number < ulong.MaxValue ? unchecked(0 - number) : number;
    }

    private static uint DigitOf(byte text) => text switch
    {
        >= (byte)'0' and <= (byte)'9' => (uint)(text - '0'),
        >= (byte)'a' and <= (byte)'f' => (uint)(text - 'a' + 10),
        >= (byte)'A' and <= (byte)'F' => (uint)(text - 'A' + 10),
        _ => uint.MaxValue,
    };
}
