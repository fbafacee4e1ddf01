using System.Text;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>Addresses as the tools read them: each number of an IPv4 one as in C, and some of them may be left out.</summary>
internal static class XtablesAddress
{
    /// <summary>IPv6 as usual; IPv4 numbers that are left out are 0: <c>10.1</c> is 10.1.0.0.</summary>
    /// <remarks>Source: libxtables/xtables.c, <c>xtables_numeric_to_ipaddr</c>.</remarks>
    public static bool TryRead(ReadOnlySpan<byte> text, Family family, out IpAddress address)
    {
        if (family == Family.IPv6)
        {
            return TryReadV6(text, out address);
        }
        uint value = 0;
        var count = 0;
        foreach (var part in text.Split((byte)'.'))
        {
            if (count == 4 || !XtablesNumber.TryParse(text[part], byte.MaxValue, out var octet))
            {
                address = default;
                return false;
            }
            value |= (uint)octet << (24 - (8 * count));
            count++;
        }
        address = new IpAddress(Family.IPv4, value);
        return true;
    }

    /// <summary>A mask in the form of an address, with all its numbers.</summary>
    /// <remarks>Source: libxtables/xtables.c, <c>xtables_numeric_to_ipmask</c>.</remarks>
    public static bool TryReadMask(ReadOnlySpan<byte> text, Family family, out IpAddress mask) =>
        TryRead(text, family, out mask) && (family == Family.IPv6 || text.Count((byte)'.') == 3);

    /// <summary>IPv6 as usual; the last IPv4 number fills what is left: <c>10.1</c> is 10.0.0.1.</summary>
    /// <remarks>Source: libxtables/xtoptions.c, <c>xtables_gethostbyname</c>, which asks getaddrinfo(3); inet_aton(3).</remarks>
    public static bool TryResolve(ReadOnlySpan<byte> text, Family family, out IpAddress address)
    {
        if (family == Family.IPv6)
        {
            return TryReadV6(text, out address);
        }
        address = default;
        var last = text.LastIndexOf((byte)'.');
        var leading = text[..Math.Max(last, 0)];
        uint value = 0;
        var count = 0;
        foreach (var part in leading.Split((byte)'.'))
        {
            if (last >= 0)
            {
                if (count == 3 || !TryReadDigits(leading[part], byte.MaxValue, out var octet))
                {
                    return false;
                }
                value |= (uint)octet << (24 - (8 * count));
                count++;
            }
        }
        if (!TryReadDigits(text[(last + 1)..], uint.MaxValue >> (8 * count), out var rest))
        {
            return false;
        }
        address = new IpAddress(Family.IPv4, value | (uint)rest);
        return true;
    }

    /// <summary>A number that begins with a digit.</summary>
    private static bool TryReadDigits(ReadOnlySpan<byte> text, ulong max, out ulong value)
    {
        value = 0;
        return text is [>= (byte)'0' and <= (byte)'9', ..] && XtablesNumber.TryParse(text, max, out value);
    }

    private static bool TryReadV6(ReadOnlySpan<byte> text, out IpAddress address)
    {
        const int longest = 46;
        address = default;
        return text.Length < longest && IpAddress.TryParse(Encoding.Latin1.GetString(text), out address) && address.Family == Family.IPv6;
    }
}
