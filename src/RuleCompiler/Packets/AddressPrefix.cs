using System.Globalization;

namespace RuleCompiler.Packets;

/// <summary>An address with a prefix length; host bits may be set (an interface's address) or not (a route).</summary>
/// <param name="Address">The address.</param>
/// <param name="Length">Prefix length in bits, 0 to 32 or 128.</param>
public readonly record struct AddressPrefix(IpAddress Address, int Length)
{
    /// <summary>The address with its host bits cleared.</summary>
    public IpAddress Network
    {
        get
        {
            var hostBits = IpAddress.WidthOf(Address.Family) - Length;
            return Address with { Value = hostBits == 128 ? 0 : Address.Value >> hostBits << hostBits };
        }
    }

    /// <summary>All addresses of the network, the first and the last included.</summary>
    internal Interval Addresses
    {
        get
        {
            var hostBits = IpAddress.WidthOf(Address.Family) - Length;
            return new Interval(Network.Value, Network.Value | (hostBits == 0 ? 0 : UInt128.MaxValue >> (128 - hostBits)));
        }
    }

    /// <summary>Whether <paramref name="address"/> is of the same family and network.</summary>
    public bool Contains(IpAddress address)
    {
        var shift = IpAddress.WidthOf(Address.Family) - Length;
        return address.Family == Address.Family && (shift == 128 || address.Value >> shift == Address.Value >> shift);
    }

    /// <summary>The fewest networks that together are the addresses from <paramref name="low"/> to <paramref name="high"/>.</summary>
    /// <param name="low">First address.</param>
    /// <param name="high">Last address, of the same family; below <paramref name="low"/> there are none.</param>
    public static IEnumerable<AddressPrefix> Cover(IpAddress low, IpAddress high)
    {
        var width = IpAddress.WidthOf(low.Family);
        var (next, last) = (low.Value, high.Value);
        while (next <= last)
        {
            // The largest block that begins here and ends in the range.
            var bits = next == 0 ? width : Math.Min(width, (int)UInt128.TrailingZeroCount(next));
            while (bits > 0 && last - next < UInt128.MaxValue >> (128 - bits))
            {
                bits--;
            }
            yield return new AddressPrefix(low with { Value = next }, width - bits);
            var size = bits == 0 ? 0 : UInt128.MaxValue >> (128 - bits); // one less than the addresses in it
            if (last - next == size)
            {
                yield break;
            }
            next += size + 1;
        }
    }

    /// <summary>Reads <c>address</c> or <c>address/length</c>; host bits may be set.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out AddressPrefix prefix)
    {
        prefix = default;
        var slash = text.IndexOf('/');
        if (!IpAddress.TryParse(slash < 0 ? text : text[..slash], out var address))
        {
            return false;
        }
        var width = IpAddress.WidthOf(address.Family);
        var length = width;
        if (slash >= 0 && !int.TryParse(text[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out length))
        {
            return false;
        }
        prefix = new AddressPrefix(address, length);
        return length <= width;
    }

    /// <summary><c>address/length</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");
}
