using System.Text;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Input;

/// <summary>Reads numbers and addresses straight from the bytes of a text. What is unusual is not read, right or not.</summary>
internal static class AsciiValue
{
    /// <summary>Digits, without zeros that say nothing, of a number that is not too large.</summary>
    public static bool TryReadNumber(ReadOnlySpan<byte> digits, uint max, out uint number)
    {
        number = 0;
        if (digits.Length is 0 or > 10 || (digits[0] == '0' && digits.Length > 1))
        {
            return false;
        }
        ulong value = 0;
        foreach (var digit in digits)
        {
            var unit = (uint)(digit - '0');
            if (unit > 9)
            {
                return false;
            }
            value = (value * 10) + unit;
        }
        number = (uint)value;
        return value <= max;
    }

    /// <summary>An address of either family; IPv4 in four plain numbers.</summary>
    public static bool TryReadAddress(ReadOnlySpan<byte> text, out IpAddress address)
    {
        if (TryReadV4(text, out var value))
        {
            address = new IpAddress(Family.IPv4, value);
            return true;
        }
        address = default;
        Span<char> characters = stackalloc char[48];
        return text.Contains((byte)':')
            && text.Length <= characters.Length
            && Encoding.ASCII.TryGetChars(text, characters, out var length)
            && IpAddress.TryParse(characters[..length], out address);
    }

    private static bool TryReadV4(ReadOnlySpan<byte> text, out uint address)
    {
        address = 0;
        var (octet, digitCount, dotCount) = (0u, 0, 0);
        foreach (var character in text)
        {
            var unit = (uint)(character - '0');
            if (unit > 9)
            {
                if (character != '.' || digitCount == 0 || ++dotCount > 3)
                {
                    return false;
                }
                address = (address << 8) | octet;
                (octet, digitCount) = (0, 0);
                continue;
            }
            if (digitCount > 0 && octet == 0)
            {
                return false; // a number that begins with 0 may be meant as octal
            }
            octet = (octet * 10) + unit;
            digitCount++;
            if (octet > byte.MaxValue)
            {
                return false;
            }
        }
        address = (address << 8) | octet;
        return digitCount > 0 && dotCount == 3;
    }
}
