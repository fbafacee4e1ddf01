using System.Collections.Immutable;

namespace RuleCompiler.Packets;

/// <summary>Values by network, found from the longest prefix to the shortest.</summary>
/// <remarks>One hash look-up for each prefix length that occurs. Values of one network stay in the order given.</remarks>
internal sealed class PrefixMap<T>
{
    private readonly ImmutableArray<(int Length, Dictionary<IpAddress, ImmutableArray<T>> Values)> _levels;

    /// <param name="entries">Host bits of the prefixes do not count.</param>
    public PrefixMap(IEnumerable<(AddressPrefix Prefix, T Value)> entries) => _levels =
    [
        .. entries.GroupBy(e => e.Prefix.Length).OrderByDescending(level => level.Key).Select(level => (
            level.Key,
            level.GroupBy(e => e.Prefix.Network).ToDictionary(n => n.Key, n => n.Select(e => e.Value).ToImmutableArray()))),
    ];

    /// <summary>Number of prefix lengths that occur.</summary>
    public int LevelCount => _levels.Length;

    /// <summary>The values of the network of one level that holds an address; none is an empty array.</summary>
    /// <param name="level">0 for the longest prefix.</param>
    /// <param name="address">The address.</param>
    public ImmutableArray<T> At(int level, IpAddress address)
    {
        var (length, values) = _levels[level];
        return length <= IpAddress.WidthOf(address.Family)
            && values.TryGetValue(new AddressPrefix(address, length).Network, out var found) ? found : [];
    }
}
