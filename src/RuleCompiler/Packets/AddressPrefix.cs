using System.Globalization;

namespace RuleCompiler.Packets;

/// <summary>An address with a prefix length; host bits may be set (an interface's address) or not (a route).</summary>
/// <param name="Address">The address.</param>
/// <param name="Length">Prefix length in bits, 0 to 32 or 128.</param>
public readonly record struct AddressPrefix(IpAddress Address, int Length)
{
    /// <summary>Whether <paramref name="address"/> is of the same family and network.</summary>
    public bool Contains(IpAddress address)
    {
        var shift = IpAddress.WidthOf(Address.Family) - Length;
        return address.Family == Address.Family && (shift == 128 || address.Value >> shift == Address.Value >> shift);
    }

    /// <summary><c>address/length</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");
}
