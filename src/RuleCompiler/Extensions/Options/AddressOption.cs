using System.Globalization;
using System.Text;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>An address of the section's family, alone or with a prefix length or mask.</summary>
/// <remarks>
/// Source: libxtables/xtables.c, <c>xtables_ipparse_any</c>: <c>10.1</c> is 10.1.0.0 with a mask behind it,
/// and 10.1.0.0/32 without.
/// </remarks>
internal sealed class AddressOption(string name) : OptionSpec<AddressMask>(name)
{
    protected override bool TryRead(OptionReader reader, out AddressMask value) => TryRead(reader, 0, out value);

    protected override void WriteValue(AddressMask value, RuleTextWriter writer) => writer.Word(value.ToString());

    /// <summary>Reads one argument of <paramref name="reader"/> as an address with an optional mask.</summary>
    public static bool TryRead(OptionReader reader, int index, out AddressMask value)
    {
        var isRead = TryRead(reader, index, out var address, out var mask);
        value = new AddressMask(reader.Family, address.Value & mask, mask);
        return isRead;
    }

    /// <summary>The same, host bits kept.</summary>
    public static bool TryRead(OptionReader reader, int index, out IpAddress address, out UInt128 mask)
    {
        address = default;
        mask = default;
        var family = reader.Family;
        var width = IpAddress.WidthOf(family);
        Span<char> text = stackalloc char[64];
        if (!Encoding.UTF8.TryGetChars(reader.Bytes(index), text, out var length))
        {
            return reader.FailAt(index, OptionDiagnostics.BadAddress, reader.Text(index), FamilyName(family));
        }
        text = text[..length];
        var slash = text.IndexOf('/');
        if (!TryParseAddress(slash < 0 ? text : text[..slash], family, out address))
        {
            return reader.FailAt(index, OptionDiagnostics.BadAddress, reader.Text(index), FamilyName(family));
        }
        var all = UInt128.MaxValue >> (128 - width);
        mask = all;
        if (slash >= 0)
        {
            var maskText = text[(slash + 1)..];
            if (int.TryParse(maskText, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) && bits <= width)
            {
                mask = bits == 0 ? 0 : (all << (width - bits)) & all;
            }
            else if (IpAddress.TryParse(maskText, out var full) && full.Family == family)
            {
                mask = full.Value;
            }
            else
            {
                return reader.FailAt(
                    index, OptionDiagnostics.BadMask, maskText.ToString(), width.ToString(CultureInfo.InvariantCulture));
            }
        }
        return true;
    }

    public static string FamilyName(Family family) => family == Family.IPv4 ? "IPv4" : "IPv6";

    /// <summary>Like <see cref="IpAddress.TryParse"/>, and IPv4 addresses with fewer than four numbers, the rest being 0.</summary>
    private static bool TryParseAddress(ReadOnlySpan<char> text, Family family, out IpAddress address)
    {
        if (IpAddress.TryParse(text, out address))
        {
            return address.Family == family;
        }
        if (family == Family.IPv6 || text.IsEmpty)
        {
            return false;
        }
        uint value = 0;
        var count = 0;
        foreach (var part in text.Split('.'))
        {
            if (count == 4 || !byte.TryParse(text[part], NumberStyles.None, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }
            value |= (uint)octet << (24 - (8 * count));
            count++;
        }
        address = new IpAddress(Family.IPv4, value);
        return true;
    }
}
