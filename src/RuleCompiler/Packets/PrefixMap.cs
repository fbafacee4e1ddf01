using System.Collections.Immutable;

namespace RuleCompiler.Packets;

/// <summary>Values by network, found from the longest prefix to the shortest.</summary>
/// <remarks>
/// One look-up for each prefix length that occurs: by hash, or one network after the other where there are few, as in the
/// tables of a host. Values of one network stay in the order given.
/// </remarks>
internal sealed class PrefixMap<T>
{
    private const int FewNetworks = 6;
    private readonly ImmutableArray<Level> _levels;

    /// <param name="entries">Host bits of the prefixes do not count.</param>
    public PrefixMap(IEnumerable<(AddressPrefix Prefix, T Value)> entries) => _levels =
    [
        .. entries.GroupBy(e => e.Prefix.Length).OrderByDescending(level => level.Key).Select(level => new Level(
            level.Key,
            level.GroupBy(e => e.Prefix.Network).ToDictionary(n => n.Key, n => n.Select(e => e.Value).ToImmutableArray()))),
    ];

    /// <summary>Number of prefix lengths that occur.</summary>
    public int LevelCount => _levels.Length;

    /// <summary>The values of the network of one level that holds an address; none is an empty array.</summary>
    /// <param name="level">0 for the longest prefix.</param>
    /// <param name="address">The address.</param>
    public ImmutableArray<T> At(int level, IpAddress address) => _levels[level].Find(address);

    private sealed class Level(int length, Dictionary<IpAddress, ImmutableArray<T>> values)
    {
        private readonly KeyValuePair<IpAddress, ImmutableArray<T>>[]? _few = values.Count <= FewNetworks ? [.. values] : null;

        public ImmutableArray<T> Find(IpAddress address)
        {
            if (length > IpAddress.WidthOf(address.Family))
            {
                return [];
            }
            var network = new AddressPrefix(address, length).Network;
            if (_few is null)
            {
                return values.TryGetValue(network, out var found) ? found : [];
            }
            foreach (var (known, its) in _few)
            {
                if (known.Value == network.Value && known.Family == network.Family)
                {
                    return its;
                }
            }
            return [];
        }
    }
}
