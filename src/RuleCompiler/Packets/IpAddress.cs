using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>An IPv4 or IPv6 address as a number.</summary>
/// <param name="Family">Which of the two.</param>
/// <param name="Value">Network order as a number: the first byte is the most significant; 32 or 128 bits.</param>
public readonly record struct IpAddress(Family Family, UInt128 Value)
{
    /// <summary>Bits of an address of a family: 32 or 128.</summary>
    public static int WidthOf(Family family) => family == Family.IPv4 ? 32 : 128;

    /// <summary>Reads the usual text forms; IPv4 needs all four numbers.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out IpAddress address)
    {
        address = default;
        if (text.Contains(':'))
        {
            if (text.Contains('%') || text.Contains('[') || !IPAddress.TryParse(text, out var v6))
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
            if (count == 4 || !byte.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }
            value = (value << 8) | octet;
            count++;
        }
        address = new IpAddress(Family.IPv4, value);
        return count == 4;
    }

    /// <summary>Dotted IPv4, or IPv6 compressed and in lower case (RFC 5952).</summary>
    public override string ToString()
    {
        if (Family == Family.IPv4)
        {
            var v = (uint)Value;
            return string.Create(CultureInfo.InvariantCulture, $"{v >> 24}.{(v >> 16) & 255}.{(v >> 8) & 255}.{v & 255}");
        }
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Value);
        return new IPAddress(bytes).ToString();
    }

    /// <summary><c>address:port</c>, IPv6 in brackets; the address alone without a port.</summary>
    public string ToString(ushort? port) =>
        port is null ? ToString()
        : Family == Family.IPv4 ? string.Create(CultureInfo.InvariantCulture, $"{this}:{port}")
        : string.Create(CultureInfo.InvariantCulture, $"[{this}]:{port}");
}
