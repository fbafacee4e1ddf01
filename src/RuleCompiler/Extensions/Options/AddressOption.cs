using System.Globalization;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary>An address of the section's family, alone or with a prefix length or mask.</summary>
/// <remarks>Source: libxtables/xtables.c, <c>xtables_ipparse_any</c> and <c>parse_ipmask</c>.</remarks>
internal sealed class AddressOption(string name) : OptionSpec<AddressMask>(name)
{
    /// <summary>Whether the address is resolved as a host name is, which takes <c>10.1</c> for 10.0.0.1; else for 10.1.0.0.</summary>
    public bool IsResolved { get; init; }

    protected override bool TryRead(OptionReader reader, out AddressMask value)
    {
        var isRead = TryRead(reader, 0, IsResolved, out var address, out var mask);
        value = new AddressMask(reader.Family, address.Value & mask, mask);
        return isRead;
    }

    protected override void WriteValue(AddressMask value, RuleTextWriter writer) => writer.Word(value.ToString());

    /// <summary>Reads one argument of <paramref name="reader"/> as an address with an optional mask, host bits kept.</summary>
    public static bool TryRead(OptionReader reader, int index, bool isResolved, out IpAddress address, out UInt128 mask)
    {
        var family = reader.Family;
        var width = IpAddress.WidthOf(family);
        var text = reader.Bytes(index);
        var slash = text.IndexOf((byte)'/');
        var host = slash < 0 ? text : text[..slash];
        var all = UInt128.MaxValue >> (128 - width);
        mask = all;
        if (!(isResolved ? XtablesAddress.TryResolve(host, family, out address) : XtablesAddress.TryRead(host, family, out address)))
        {
            return reader.FailAt(index, OptionDiagnostics.BadAddress, reader.Text(index), FamilyName(family));
        }
        if (slash < 0)
        {
            return true;
        }
        if (XtablesNumber.TryParse(text[(slash + 1)..], (ulong)width, out var bits))
        {
            mask = bits == 0 ? 0 : (all << (width - (int)bits)) & all;
        }
        else if (XtablesAddress.TryReadMask(text[(slash + 1)..], family, out var full))
        {
            mask = full.Value;
        }
        else
        {
            return reader.FailAt(
                index, OptionDiagnostics.BadMask, reader.Text(index)[(slash + 1)..], width.ToString(CultureInfo.InvariantCulture));
        }
        return true;
    }

    public static string FamilyName(Family family) => family == Family.IPv4 ? "IPv4" : "IPv6";
}
