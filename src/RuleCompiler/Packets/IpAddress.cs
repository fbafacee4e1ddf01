using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>An IPv4 or IPv6 address as a number.</summary>
/// <param name="Family">Which of the two.</param>
/// <param name="Value">Network order as a number: the first byte is the most significant; 32 or 128 bits.</param>
public readonly record struct IpAddress(Family Family, UInt128 Value)
{
    /// <summary>Bits of an address of a family: 32 or 128.</summary>
    public static int WidthOf(Family family) => family == Family.IPv4 ? 32 : 128;

    /// <summary>One multiplication: addresses are looked up for every packet.</summary>
    public override int GetHashCode()
    {
        const ulong Golden = 0x9E3779B97F4A7C15;
        var mixed = ((ulong)Value ^ (ulong)(Value >> 64)) * Golden;
        return (int)(mixed >> 32) ^ (int)Family;
    }

    /// <summary>Reads the usual text forms; IPv4 needs all four numbers, none of them with a zero before it: that could be octal.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IpAddress address)
    {
        address = default;
        if (text.Contains(':'))
        {
            var dotted = text[(text.LastIndexOf(':') + 1)..];
            if (text.Contains('%') || text.Contains('[') || !IPAddress.TryParse(text, out var v6)
                || (dotted.Contains('.') && !TryParse(dotted, out _)))
            {
                return false;
            }
            Span<byte> bytes = stackalloc byte[16];
            v6.TryWriteBytes(bytes, out _);
            address = new IpAddress(Family.IPv6, BinaryPrimitives.ReadUInt128BigEndian(bytes));
            return true;
        }
        uint value = 0;
        var count = 0;
        foreach (var part in text.Split('.'))
        {
            if (count == 4 || text[part] is ['0', _, ..] || !byte.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }
            value = (value << 8) | octet;
            count++;
        }
        address = new IpAddress(Family.IPv4, value);
        return count == 4;
    }

    /// <summary>Dotted IPv4, or IPv6 as the C library prints it: compressed, in lower case, an IPv4 address in it dotted.</summary>
    /// <remarks>Source: glibc, resolv/inet_ntop.c. .NET's own form differs, for <c>::ffff:0.0.0.0</c> and others.</remarks>
    public override string ToString()
    {
        if (Family == Family.IPv4)
        {
            return Dotted((uint)Value);
        }
        var (zeros, zerosEnd) = LongestZeros();
        var hasIPv4 = zeros == 0 && (zerosEnd == 6 || (zerosEnd == 5 && Word(5) == 0xFFFF));
        var text = new StringBuilder(39);
        for (var i = 0; i < (hasIPv4 ? 6 : 8); i++)
        {
            if (i == zeros)
            {
                text.Append("::");
                i = zerosEnd - 1;
                continue;
            }
            text.Append(i == 0 || i == zerosEnd ? "" : ":").Append(CultureInfo.InvariantCulture, $"{Word(i):x}");
        }
        return hasIPv4 ? text.Append(zerosEnd == 6 ? "" : ":").Append(Dotted((uint)Value)).ToString() : text.ToString();
    }

    /// <summary><c>address:port</c>, IPv6 in brackets; the address alone without a port.</summary>
    public string ToString(ushort? port) =>
        port is null ? ToString()
        : Family == Family.IPv4 ? string.Create(CultureInfo.InvariantCulture, $"{this}:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"[{this}]:{port}");

    private static string Dotted(uint address) => string.Create(
        CultureInfo.InvariantCulture, $"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}");

    private ushort Word(int index) => (ushort)(Value >> (112 - (16 * index)));

    /// <summary>The longest run of zero words, of several the first; at least two, else it begins at -1.</summary>
    private (int Start, int End) LongestZeros()
    {
        var (start, end) = (-1, -1);
        for (var i = 0; i < 8; i++)
        {
            var first = i;
            while (i < 8 && Word(i) == 0)
            {
                i++;
            }
            if (i - first >= 2 && i - first > end - start)
            {
                (start, end) = (first, i);
            }
        }
        return (start, end);
    }
}
