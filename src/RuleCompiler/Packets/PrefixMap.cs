using System.Collections.Immutable;

namespace RuleCompiler.Packets;

/// <summary>Values by network, found from the longest prefix to the shortest.</summary>
/// <remarks>
/// Where there are few networks, as in the tables of a host, each is compared by itself; else there is one look-up by hash
/// for each prefix length that occurs. Values of one network stay in the order given.
/// </remarks>
internal sealed class PrefixMap<T>
{
    private const int FewNetworks = 12;
    private readonly ImmutableArray<Level> _levels;

    /// <param name="entries">Host bits of the prefixes do not count.</param>
    public PrefixMap(IEnumerable<(AddressPrefix Prefix, T Value)> entries)
    {
        var networks = entries
            .GroupBy(e => (e.Prefix.Network, e.Prefix.Length), (key, group) => (key.Network, key.Length, Values: group.Select(e => e.Value).ToImmutableArray()))
            .OrderByDescending(network => network.Length)
            .ToList();
        _levels = networks.Count <= FewNetworks
            ? [.. networks.Select(n => new Level(n.Length, n.Network, n.Values))]
            : [.. networks.GroupBy(n => n.Length).Select(level => new Level(level.Key, level.ToDictionary(n => n.Network, n => n.Values)))];
    }

    /// <summary>Number of steps from the longest prefix to the shortest.</summary>
    public int LevelCount => _levels.Length;

    /// <summary>The values of the network of one level that holds an address; none is an empty array.</summary>
    /// <param name="level">0 for the longest prefix.</param>
    /// <param name="address">The address.</param>
    public ImmutableArray<T> At(int level, IpAddress address) => _levels[level].Find(address);

    /// <summary>A network, or all of one prefix length.</summary>
    private sealed class Level
    {
        private readonly int _length;
        private readonly IpAddress _only;
        private readonly UInt128 _onlyMask;
        private readonly ImmutableArray<T> _values;
        private readonly Dictionary<IpAddress, ImmutableArray<T>>? _many;

        public Level(int length, IpAddress network, ImmutableArray<T> values)
        {
            (_length, _only, _values) = (length, network, values);
            var hostBits = IpAddress.WidthOf(network.Family) - length;
            _onlyMask = hostBits == 128 ? 0 : UInt128.MaxValue << hostBits;
        }

        public Level(int length, Dictionary<IpAddress, ImmutableArray<T>> networks) => (_length, _many) = (length, networks);

        public ImmutableArray<T> Find(IpAddress address)
        {
            if (_many is null)
            {
                return address.Family == _only.Family && (address.Value & _onlyMask) == _only.Value ? _values : [];
            }
            return _length <= IpAddress.WidthOf(address.Family)
                && _many.TryGetValue(new AddressPrefix(address, _length).Network, out var found) ? found : [];
        }
    }
}
