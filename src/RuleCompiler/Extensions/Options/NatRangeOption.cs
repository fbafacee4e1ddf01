using System.Text;
using RuleCompiler.Packets;

namespace RuleCompiler.Extensions.Options;

/// <summary><c>--to-destination</c>, <c>--to-source</c>: <c>ADDRESS[-ADDRESS][:PORTS]</c>, either part alone too.</summary>
/// <remarks>
/// Source: extensions/libxt_NAT.c, <c>parse_to</c>. One colon begins the ports, several make an IPv6 address;
/// with ports such an address stands in brackets.
/// </remarks>
internal sealed class NatRangeOption(string name) : OptionSpec<NatRange>(name)
{
    protected override bool TryRead(OptionReader reader, out NatRange value)
    {
        value = default;
        var text = reader.Bytes();
        ReadOnlySpan<byte> addresses;
        ReadOnlySpan<byte> behind;
        if (text is [(byte)'[', .. var inner])
        {
            var end = inner.IndexOf((byte)']');
            if (end < 0 || inner[(end + 1)..] is not ([] or [(byte)':', ..]))
            {
                return reader.Fail(OptionDiagnostics.BadValue, reader.Text(), "an address in brackets, with or without ports");
            }
            addresses = inner[..end];
            behind = inner[(end + 1)..];
        }
        else
        {
            var colon = text.IndexOf((byte)':');
            var hasPorts = colon >= 0 && colon == text.LastIndexOf((byte)':');
            addresses = hasPorts ? text[..colon] : text;
            behind = hasPorts ? text[colon..] : [];
        }
        NatPorts? ports = null;
        if (!behind.IsEmpty)
        {
            if (!NatPorts.TryRead(reader, behind[1..], out var read))
            {
                return false;
            }
            ports = read;
        }
        if (addresses.IsEmpty && ports is not null)
        {
            value = new NatRange(null, null, ports);
            return true;
        }
        var dash = addresses.IndexOf((byte)'-');
        if (!TryReadAddress(reader, dash < 0 ? addresses : addresses[..dash], out var low)
            || !TryReadAddress(reader, dash < 0 ? addresses : addresses[(dash + 1)..], out var high))
        {
            return false;
        }
        value = new NatRange(low, high, ports);
        return true;
    }

    protected override void WriteValue(NatRange value, RuleTextWriter writer) => writer.Word(value.ToString());

    private static bool TryReadAddress(OptionReader reader, ReadOnlySpan<byte> bytes, out IpAddress address)
    {
        var text = Encoding.UTF8.GetString(bytes);
        return (IpAddress.TryParse(text, out address) && address.Family == reader.Family)
            || reader.Fail(OptionDiagnostics.BadAddress, text, AddressOption.FamilyName(reader.Family));
    }
}
