using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Packets;

/// <summary>Values by network, found from the longest prefix to the shortest.</summary>
/// <remarks>
/// Two networks are apart or one is in the other. So where networks begin and end, the addresses are cut into intervals of
/// which each has one innermost network: a binary search finds it, and links lead from there to those around it.
/// </remarks>
internal sealed class PrefixMap<T>
{
    private readonly Intervals _v4;
    private readonly Intervals _v6;

    /// <param name="entries">Host bits of the prefixes do not count. Values of one network stay in the order given.</param>
    public PrefixMap(IEnumerable<(AddressPrefix Prefix, T Value)> entries)
    {
        var networks = entries
            .GroupBy(e => e.Prefix with { Address = e.Prefix.Network }, (prefix, group) => (prefix, group.Select(e => e.Value).ToImmutableArray()))
            .ToLookup(network => network.prefix.Address.Family);
        (_v4, _v6) = (new Intervals(networks[Family.IPv4]), new Intervals(networks[Family.IPv6]));
    }

    /// <summary>The smallest network that an address is in; null for none.</summary>
    public Network? FindInnermost(IpAddress address) => (address.Family == Family.IPv4 ? _v4 : _v6).Find(address.Value);

    /// <summary>A network with its values.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="last">Its last address.</param>
    /// <param name="around">The next larger network that it is in; null for none.</param>
    public sealed class Network(ImmutableArray<T> values, UInt128 last, Network? around)
    {
        /// <summary>At least one.</summary>
        public ImmutableArray<T> Values { get; } = values;

        /// <summary>Its last address.</summary>
        public UInt128 Last { get; } = last;

        /// <summary>The next larger network that it is in; null for none.</summary>
        public Network? Around { get; } = around;
    }

    /// <summary>The networks of one family.</summary>
    private sealed class Intervals
    {
        /// <summary>Where each interval begins; the first begins at 0.</summary>
        private readonly UInt128[] _starts;

        private readonly Network?[] _innermost;

        public Intervals(IEnumerable<(AddressPrefix Prefix, ImmutableArray<T> Values)> networks)
        {
            var (starts, innermost) = (new List<UInt128> { 0 }, new List<Network?> { null });
            Network? open = null;
            foreach (var (prefix, values) in networks.OrderBy(n => n.Prefix.Address.Value).ThenBy(n => n.Prefix.Length))
            {
                var (low, high) = prefix.Addresses;
                CloseBefore(low);
                open = new Network(values, high, open);
                Begin(low, open);
            }
            CloseBefore(null);
            (_starts, _innermost) = ([.. starts], [.. innermost]);

            void CloseBefore(UInt128? next)
            {
                while (open is { } ended && (next is null || ended.Last < next))
                {
                    open = ended.Around;
                    if (ended.Last != UInt128.MaxValue)
                    {
                        Begin(ended.Last + 1, open);
                    }
                }
            }

            void Begin(UInt128 start, Network? network)
            {
                if (starts[^1] == start)
                {
                    innermost[^1] = network;
                }
                else
                {
                    starts.Add(start);
                    innermost.Add(network);
                }
            }
        }

        public Network? Find(UInt128 address)
        {
            var (low, high) = (0, _starts.Length);
            while (high - low > 1)
            {
                var middle = (low + high) >>> 1;
                (low, high) = _starts[middle] <= address ? (middle, high) : (low, middle);
            }
            return _innermost[low];
        }
    }
}
