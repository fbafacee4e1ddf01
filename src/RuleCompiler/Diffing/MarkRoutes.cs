using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Where cells go on a host whose policy rules ask for marks: what a mark set on the way makes of the interface out.</summary>
/// <remarks>
/// What <c>Evaluation/Journey</c> does with a packet, done with cells, which are cut until one mark speaks for each, and by
/// destinations that routes tell apart; <see cref="ConditionsOf"/> has a layout do so. Without such rules no mark is looked at.
/// </remarks>
internal sealed class MarkRoutes(SpaceLayout layout, Routing routing, HostFacts host)
{
    private const int MarkBits = 32;
    private const int MostStarts = 1000;
    private static readonly UInt128 FirstMulticastV6 = new(0xFF00_0000_0000_0000, 0);

    /// <summary>Stands for the interface that packets came with; a name has no slash.</summary>
    private const string SameWay = "/";

    private readonly Dimension _destination = layout[PacketField.Destination];
    private readonly Dimension _output = layout[PacketField.OutInterface];

    /// <summary>What a layout has to tell apart for a host's routes to be found by class.</summary>
    public static IEnumerable<Condition> ConditionsOf(HostFacts host, Family family)
    {
        if (host.Rules.IsEmpty)
        {
            return [];
        }
        var networks = NetworksOf(host, family);
        return
        [
            .. host.Rules.Select(rule => Condition.Field(PacketField.Mark, FieldSet.Masked(rule.Mark.Value, rule.Mark.Mask, MarkBits))),
            .. networks.SelectMany(prefix => (FieldSet[])[FieldSet.Range(prefix.Addresses), FieldSet.Of(prefix.Address.Value), FieldSet.Of(prefix.Addresses.High)])
                .Select(set => Condition.Field(PacketField.Destination, set)),
        ];
    }

    /// <summary>The ways to an address, by the marks that packets have.</summary>
    /// <param name="cell">The packets; it is taken over.</param>
    /// <param name="address">Where they go now.</param>
    /// <param name="changes">What their marks have become.</param>
    /// <returns>Parts of the cell; the route is null where it hangs on bits of the mark that are not known.</returns>
    public IEnumerable<(Cell Part, Route? Route)> To(Cell cell, IpAddress address, PacketChanges? changes) => host.Rules.IsEmpty
        ? [(cell, routing.Find(address, 0))]
        : ByMark(cell, changes).Select(part => (part.Part, IsDecided(part.Mark) ? (Route?)routing.Find(address, part.Mark.Value) : null));

    /// <summary>The different routes to some addresses; none where marks decide, or where they are too many to look at.</summary>
    public IReadOnlyList<Route> Among(Interval addresses)
    {
        if (!host.Rules.IsEmpty)
        {
            return [];
        }
        // Between two of these, routes are the same.
        var starts = NetworksOf(host, layout.Family)
            .SelectMany(prefix => (UInt128[])[prefix.Address.Value, prefix.Address.Value + 1, .. EndsOf(prefix.Addresses)])
            .Append(FirstMulticastV6).Append(addresses.Low).Where(addresses.Contains).Distinct().Order().ToList();
        return starts.Count > MostStarts ? [] : [.. starts.Select(start => routing.Find(new IpAddress(layout.Family, start), 0)).DistinctBy(route => (route.Kind, route.Interface))];
    }

    /// <summary>Where a network begins, where its broadcast address is, and what is behind it.</summary>
    private static UInt128[] EndsOf(Interval network) => [network.Low, network.Low + 1, network.High, network.High + 1];

    private static IEnumerable<AddressPrefix> NetworksOf(HostFacts host, Family family) => host.Routes.Select(route => route.Destination).OfType<AddressPrefix>()
        .Concat(host.Interfaces.SelectMany(device => device.Addresses)).Where(prefix => prefix.Address.Family == family);

    /// <summary>How packets leave that this host sends and that keep their destination, once rules have set a mark.</summary>
    /// <param name="cell">The packets; it is taken over.</param>
    /// <returns>Parts of the cell; the interface that they leave by instead, null for the one that they came with.</returns>
    public IEnumerable<(Cell Part, Change? Output)> Again(Cell cell)
    {
        var changes = cell.RoutedChanges;
        return host.Rules.IsEmpty || changes is null || !Array.Exists(layout.Marks, mark => changes[mark.Index] is not null)
            ? [(cell, null)]
            : from now in ByMark(cell, changes)
              from before in ByMark(now.Part, null)
              from way in Again(before.Part, before.Mark, now.Mark)
              select way;
    }

    private IEnumerable<(Cell Part, Change? Output)> Again(Cell cell, MaskedNumber before, MaskedNumber now)
    {
        if (!IsDecided(before) || !IsDecided(now))
        {
            return [(cell, new Change.Unknown($"route by {string.Join(' ', layout.Marks.Select(part => cell.RoutedChanges?[part.Index]))}"))];
        }
        if (host.Rules.All(rule => IsMet(rule, before) == IsMet(rule, now)))
        {
            return [(cell, null)];
        }
        var ways = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var cls in _destination.ClassesOf(cell.Box[_destination.Index]))
        {
            var address = new IpAddress(layout.Family, _destination.ValueOf(cls));
            var next = routing.Find(address, now.Value).Interface ?? "";
            var way = next == (routing.Find(address, before.Value).Interface ?? "") ? SameWay : next;
            (ways.TryGetValue(way, out var classes) ? classes : ways[way] = []).Add(cls);
        }
        return ways.SelectMany(way => CodesOf(way.Value).Select(code => (
            WithCode(cell, _destination.Index, code),
            way.Key == SameWay ? null : (Change?)new Change.Constant(_output.ClassOf(InterfaceName.Pack(way.Key))))));
    }

    /// <summary>Whether a rule finds a mark; null where that hangs on bits that are not known.</summary>
    private static bool? IsMet(HostRule rule, MaskedNumber mark) =>
        ((mark.Value ^ rule.Mark.Value) & rule.Mark.Mask & mark.Mask) != 0 ? false
        : (rule.Mark.Mask & ~mark.Mask) == 0 ? true
        : null;

    private bool IsDecided(MaskedNumber mark) => host.Rules.All(rule => IsMet(rule, mark) is not null);

    /// <summary>Parts that have one mark each, which one value speaks for, as far as rules tell its bits.</summary>
    private IEnumerable<(Cell Part, MaskedNumber Mark)> ByMark(Cell cell, PacketChanges? changes)
    {
        IEnumerable<(Cell Part, MaskedNumber Mark)> parts = [(cell, MaskedNumber.Exact(0))];
        foreach (var mark in layout.Marks)
        {
            parts = parts.SelectMany(part => Values(part.Part, mark, changes?[mark.Index]).Select(value => (
                    value.Part,
                    value.Bits is { } bits ? part.Mark with { Value = part.Mark.Value | bits } : part.Mark with { Mask = part.Mark.Mask & ~mark.Mask })))
                .Where(part => layout.HasPackets(part.Part.Box));
        }
        return parts;
    }

    private IEnumerable<(Cell Part, uint? Bits)> Values(Cell cell, MarkDimension mark, Change? change)
    {
        if (change is Change.Constant constant)
        {
            return [(cell, (uint)mark.ValueOf(constant.Class))];
        }
        var (source, map) = change switch
        {
            null => (mark.Index, null),
            Change.Mapped mapped => (mapped.Source, mapped.Map),
            _ => (-1, null),
        };
        if (source < 0)
        {
            return [(cell, null)];
        }
        var dimension = layout.Dimensions[source];
        return dimension.ClassesOf(cell.Box[source]).Select(cls => (
            WithCode(cell, source, dimension.CodeOf(cls)),
            cls == dimension.AbsentClass || map?[cls] < 0 ? (uint?)null : (uint)mark.ValueOf(map?[cls] ?? cls)));
    }

    /// <summary>Classes, upward, as codes.</summary>
    private List<ulong> CodesOf(List<int> classes)
    {
        if (_destination.IsNarrow)
        {
            return [classes.Aggregate(0UL, (code, cls) => code | _destination.CodeOf(cls))];
        }
        var codes = new List<ulong>();
        foreach (var cls in classes)
        {
            if (codes.Count > 0 && (int)(codes[^1] >> 32) == cls)
            {
                codes[^1] = Dimension.Interval((int)(uint)codes[^1], cls);
            }
            else
            {
                codes.Add(_destination.CodeOf(cls));
            }
        }
        return codes;
    }

    private static Cell WithCode(Cell cell, int dimension, ulong code)
    {
        var part = cell.Clone();
        part.Box[dimension] = code;
        return part;
    }
}
