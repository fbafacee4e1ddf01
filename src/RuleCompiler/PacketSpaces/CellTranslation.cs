using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Does to cells what the nat table's targets do to packets: new addresses and ports, or what can be picked as such.</summary>
/// <remarks>The kernel's rules are those of <c>NatTranslator</c>.</remarks>
/// <param name="layout">The dimensions.</param>
/// <param name="splitter">Cuts cells.</param>
/// <param name="hook">Where they are.</param>
/// <param name="host">The machine, which gives addresses of its own; null where it is not known.</param>
internal sealed class CellTranslation(SpaceLayout layout, CellSplitter splitter, Hook hook, HostFacts? host)
{
    /// <summary>What a translation of the addresses changes beside them.</summary>
    public static ImmutableArray<PacketField> Derived { get; } =
    [
        PacketField.ConntrackStatus, PacketField.ReplySource, PacketField.ReplyDestination,
        PacketField.ReplySourcePort, PacketField.ReplyDestinationPort,
        PacketField.SourceAddressType, PacketField.DestinationAddressType, PacketField.SourceAddressTypeOnIn,
        PacketField.DestinationAddressTypeOnIn, PacketField.SourceAddressTypeOnOut, PacketField.DestinationAddressTypeOnOut,
        PacketField.ReceivingSocket,
    ];

    // Made when first asked for: of a machine with thousands of addresses it takes time, and few rules ask.
    private readonly Lazy<OwnAddresses>? _own = host is null ? null : new(() => new OwnAddresses(layout, splitter, host));
    private readonly Dimension[] _derived = [.. Derived.Select(layout.Find).OfType<Dimension>()];
    private readonly Dimension[] _written = [.. Written(layout, hasPort: false)];
    private readonly Dimension[] _writtenWithPort = [.. Written(layout, hasPort: true)];
    private (Effect? Effect, Ends Before, Change[] Changes) _toOne = (null, default, []);

    /// <summary>A translation of addresses; in parts where it does different things to different packets.</summary>
    /// <returns>Parts of the cell, and whether the target drops them, since it has no address to give.</returns>
    public IEnumerable<(Cell Cell, bool IsDropped)> Translate(Cell cell, ActionKind kind, RuleAction action)
    {
        var isSource = kind is ActionKind.Snat or ActionKind.Masquerade || (kind == ActionKind.Netmap && hook is Hook.Input or Hook.Postrouting);
        var before = new Ends(cell.Changes?[layout[PacketField.Source].Index], cell.Changes?[layout[PacketField.Destination].Index]);
        if (kind == ActionKind.Dnat && action.Effect is Effect.Translate { Low: { } only } one && IsOne(one) && IsOnePort(one.Ports))
        {
            cell.Changes = (cell.Changes ?? PacketChanges.None).With(
                layout.HasTrackedPorts(cell.Box) && one.Ports is not null ? _writtenWithPort : _written, ToOne(one, only, before));
            return [(cell, false)];
        }
        if (_derived.Length > 0)
        {
            cell.Changes = (cell.Changes ?? PacketChanges.None).With(_derived, ConsequencesOf(action.Effect, before));
        }
        if (action.Effect is Effect.MapNetwork map)
        {
            var (address, network) = (AddressOf(isSource), map.GetAddresses());
            var mapped = new Change.Unknown($"{map} {before}") { Choice = network is { } values ? new Choice(ChoiceKind.HostBits, values) : null };
            if (network is not var (first, last))
            {
                cell.Set(address, mapped);
                return [(cell, false)];
            }
            return ByRange([cell], address, first, last, outside => outside.Set(address, mapped)).Select(part => (part, false));
        }
        var translate = (Effect.Translate)(action.Effect ?? throw new InvalidOperationException());
        var own = kind == ActionKind.Masquerade ? MasqueradeAddresses(cell, before)
            : kind == ActionKind.Redirect ? RedirectAddresses(cell, before)
            : null;
        if (own is null)
        {
            return Translated(cell).Select(part => (part, false));
        }
        return own.SelectMany(way =>
        {
            if (way.Address is not { } address)
            {
                return [(way.Part, true)];
            }
            way.Part.Set(AddressOf(isSource), address);
            return Translated(way.Part).Select(part => (part, false));
        });

        IEnumerable<Cell> Translated(Cell part) =>
            isSource ? TranslateSource(part, translate, before) : TranslateDestination(part, translate, before);
    }

    /// <summary>What a destination becomes that nothing is picked of: what is derived, the address, and the port where one is given.</summary>
    /// <remarks>Kept, since several cells in a row mostly meet the same target.</remarks>
    private ReadOnlySpan<Change> ToOne(Effect.Translate one, IpAddress address, Ends before)
    {
        if (!ReferenceEquals(_toOne.Effect, one) || _toOne.Before != before)
        {
            Change[] changes = [.. ConsequencesOf(one, before), new Change.Constant(AddressOf(isSource: false).ClassOf(address.Value))];
            _toOne = (one, before, one.Ports is var (port, _) ? [.. changes, new Change.Constant(PortOf(isSource: false).ClassOf(port))] : changes);
        }
        return _toOne.Changes;
    }

    private Change[] ConsequencesOf(Effect? effect, Ends before) =>
        [.. _derived.Select(derived => new Change.Consequence(effect, before.Source, before.Destination, derived.Field))];

    private List<(Cell Part, Change? Address)> MasqueradeAddresses(Cell cell, Ends before) => _own is null
        ? [(cell, new Change.Unknown($"address of the interface {before}"))]
        : _own.Value.OfMasquerade(cell, before.Destination);

    private List<(Cell Part, Change? Address)> RedirectAddresses(Cell cell, Ends before) =>
        hook == Hook.Output ? [(cell, new Change.Constant(AddressOf(isSource: false).ClassOf(layout.Family == Family.IPv4 ? 0x7F000001u : 1u)))]
        : _own is null ? [(cell, new Change.Unknown($"address of the interface {layout.Family} {(layout.Family == Family.IPv6 ? before : "")}"))]
        : _own.Value.OfRedirect(cell, before.Destination);

    private List<Cell> TranslateDestination(Cell cell, Effect.Translate translate, Ends before)
    {
        var address = AddressOf(isSource: false);
        if (translate.Low is { } low)
        {
            cell.Set(address, IsOne(translate) ? new Change.Constant(address.ClassOf(low.Value)) : PickedAddress(translate, low, before));
        }
        if (!layout.HasTrackedPorts(cell.Box) || translate.Ports is not var (first, last))
        {
            return [cell];
        }
        var port = PortOf(isSource: false);
        if (first == last)
        {
            cell.Set(port, new Change.Constant(port.ClassOf(first)));
            return [cell];
        }
        if (IsRandom(translate) || translate.BasePort is not null)
        {
            var chooser = IsRandom(translate) ? ChoiceKind.Chance : ChoiceKind.Packet;
            cell.Set(port, new Change.Unknown($"{translate} {before}") { Choice = new Choice(chooser, new Interval(first, last)) });
            return [cell];
        }
        return ByRange([cell], port, first, last, outside => outside.Set(port, new Change.Constant(port.ClassOf(first))));
    }

    private IEnumerable<Cell> TranslateSource(Cell cell, Effect.Translate translate, Ends before)
    {
        var address = AddressOf(isSource: true);
        var port = PortOf(isSource: true);
        if (translate.Low is { } low && IsOne(translate))
        {
            cell.Set(address, new Change.Constant(address.ClassOf(low.Value)));
        }
        else if (translate.Low is { } first)
        {
            var picked = PickedAddress(translate, first, before);
            if (IsRandom(translate))
            {
                cell.Set(address, picked);
                return TranslateSourcePort(cell, port, translate, before, _ => { });
            }
            // Kept where the range allows address and port, else both are picked.
            var (inside, outside) = Divide([cell], address, first.Value, (translate.High ?? first).Value);
            outside.ForEach(piece => piece.Set(address, picked));
            return inside.SelectMany(piece => TranslateSourcePort(piece, port, translate, before, other => other.Set(address, picked)))
                .Concat(outside.SelectMany(piece => TranslateSourcePort(piece, port, translate, before, _ => { })));
        }
        return TranslateSourcePort(cell, port, translate, before, _ => { });
    }

    /// <param name="also">What becomes of packets whose port is not kept.</param>
    private List<Cell> TranslateSourcePort(Cell cell, Dimension port, Effect.Translate translate, Ends before, Action<Cell> also)
    {
        if (!layout.HasTrackedPorts(cell.Box) || (translate.Ports is null && !IsRandom(translate)))
        {
            return [cell];
        }
        if (translate.Ports is not var (first, last))
        {
            cell.Set(port, Picked(1, ushort.MaxValue));
            return [cell];
        }
        Change picked = first == last ? new Change.Constant(port.ClassOf(first)) : Picked(first, last);
        if (IsRandom(translate))
        {
            cell.Set(port, picked);
            return [cell];
        }
        return ByRange([cell], port, first, last, outside =>
        {
            outside.Set(port, picked);
            also(outside);
        });

        Change Picked(ushort low, ushort high) => new Change.Unknown(IsRandom(translate) ? $"{translate} {before}" : $"one of {low} to {high} {before}")
        {
            Choice = new Choice(ChoiceKind.Chance, new Interval(low, high)),
        };
    }

    private static Change.Unknown PickedAddress(Effect.Translate translate, IpAddress low, Ends before) =>
        new Change.Unknown($"{translate with { Ports = null }} {before}")
        {
            Choice = new Choice(ChoiceKind.Packet, new Interval(low.Value, (translate.High ?? low).Value)),
        };

    /// <summary>Changes the packets that have a dimension outside a range; those inside stay as they are.</summary>
    private List<Cell> ByRange(IEnumerable<Cell> cells, Dimension dimension, UInt128 first, UInt128 last, Action<Cell> changeOutside)
    {
        var (inside, outside) = Divide(cells, dimension, first, last);
        outside.ForEach(changeOutside);
        return [.. inside, .. outside];
    }

    /// <summary>Cuts cells by whether a dimension is in a range.</summary>
    private (List<Cell> Inside, List<Cell> Outside) Divide(IEnumerable<Cell> cells, Dimension dimension, UInt128 first, UInt128 last)
    {
        var inside = new List<Cell>();
        var codes = new List<ulong>();
        dimension.AddCodes(FieldSet.Range(first, last), codes);
        var outside = splitter.CutOff(cells, [new SpaceTest(dimension.Index, codes[0])], inside.Add);
        return (inside, outside);
    }

    private Dimension AddressOf(bool isSource) => layout[isSource ? PacketField.Source : PacketField.Destination];

    private Dimension PortOf(bool isSource) => layout[isSource ? PacketField.SourcePort : PacketField.DestinationPort];

    /// <summary>What a new destination changes, in the order in which it is said.</summary>
    private static IEnumerable<Dimension> Written(SpaceLayout layout, bool hasPort) =>
        [.. Derived.Select(layout.Find).OfType<Dimension>(), layout[PacketField.Destination], .. hasPort ? [layout[PacketField.DestinationPort]] : Array.Empty<Dimension>()];

    private static bool IsOnePort((ushort Low, ushort High)? ports) => ports is not var (low, high) || low == high;

    private static bool IsOne(Effect.Translate translate) => translate.High is null || translate.High == translate.Low;

    private static bool IsRandom(Effect.Translate translate) =>
        (translate.Flags & (TranslateFlags.Random | TranslateFlags.RandomFully)) != 0;

    /// <summary>What the addresses had become before.</summary>
    private readonly record struct Ends(Change? Source, Change? Destination)
    {
        public override string ToString() => $"{Source} {Destination}";
    }
}
