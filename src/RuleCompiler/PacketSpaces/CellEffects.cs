using RuleCompiler.DecisionTables;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Does to cells what targets do to packets: the images of boxes under changes of marks, headers, tracking and addresses.</summary>
/// <remarks>The kernel's rules are those of <c>EffectApplier</c> and <c>NatTranslator</c>.</remarks>
/// <param name="layout">The dimensions.</param>
/// <param name="splitter">Cuts cells.</param>
/// <param name="hook">Where they are.</param>
/// <param name="host">The machine, which gives addresses of its own; null where it is not known.</param>
internal sealed class CellEffects(SpaceLayout layout, CellSplitter splitter, Hook hook, HostFacts? host)
{
    /// <summary>What a translation of the addresses changes beside them.</summary>
    private static readonly PacketField[] Derived =
    [
        PacketField.ConntrackStatus, PacketField.ReplySource, PacketField.ReplyDestination,
        PacketField.ReplySourcePort, PacketField.ReplyDestinationPort,
        PacketField.SourceAddressType, PacketField.DestinationAddressType, PacketField.SourceAddressTypeOnIn,
        PacketField.DestinationAddressTypeOnIn, PacketField.SourceAddressTypeOnOut, PacketField.DestinationAddressTypeOnOut,
        PacketField.ReceivingSocket,
    ];

    private readonly OwnAddresses? _own = host is null ? null : new OwnAddresses(layout, splitter, host);
    private readonly ProxyListeners? _listeners = host is null ? null : new ProxyListeners(layout, splitter, host);
    private readonly Dimension[] _derived = [.. Derived.Select(layout.Find).OfType<Dimension>()];

    /// <summary>A target that goes on with the next rule.</summary>
    public void Apply(Cell cell, RuleAction action) => Apply(cell, action.Effect, action.Target ?? "");

    /// <summary>Whether TPROXY finds a socket: parts of the cell with the address looked for; null where these are not known.</summary>
    public IEnumerable<(Cell Part, IpAddress? Address, bool? IsFound)> FindListeners(Cell cell, RuleAction action) =>
        !HasPorts(cell) ? [(cell, null, false)]
        : _listeners is null || action.Effect is not Effect.ProxyTo proxy ? [(cell, null, null)]
        : _listeners.Find(cell, proxy);

    /// <summary>TPROXY that has found its socket.</summary>
    public void Proxy(Cell cell, IpAddress? address, RuleAction action)
    {
        if (action.Effect is Effect.ProxyTo proxy)
        {
            cell.Deeds = new Deed(DeedKind.Proxy, $"{address ?? proxy.Address} {proxy.Port}", cell.Deeds) { Port = proxy.Port };
            SetMark(cell, layout.Marks, proxy.MarkValue, proxy.MarkMask);
        }
    }

    /// <summary>A translation of addresses; in parts where it does different things to different packets.</summary>
    /// <returns>Parts of the cell, and whether the target drops them, since it has no address to give.</returns>
    public IEnumerable<(Cell Cell, bool IsDropped)> Translate(Cell cell, ActionKind kind, RuleAction action)
    {
        var isSource = kind is ActionKind.Snat or ActionKind.Masquerade || (kind == ActionKind.Netmap && hook is Hook.Input or Hook.Postrouting);
        var before = new Ends(cell.Changes?[layout[PacketField.Source].Index], cell.Changes?[layout[PacketField.Destination].Index]);
        if (_derived.Length > 0)
        {
            cell.Changes = (cell.Changes ?? new PacketChanges(layout.Count)).With(
                _derived, derived => new Change.Consequence(action.Effect, before.Source, before.Destination, derived.Field));
        }
        if (action.Effect is not Effect.Translate translate)
        {
            Set(cell, AddressOf(isSource), new Change.Unknown($"{action.Effect} {before}"));
            return [(cell, false)];
        }
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
            Set(way.Part, AddressOf(isSource), address);
            return Translated(way.Part).Select(part => (part, false));
        });

        IEnumerable<Cell> Translated(Cell part) =>
            isSource ? TranslateSource(part, translate, before) : TranslateDestination(part, translate, before);
    }

    private void Apply(Cell cell, Effect? effect, string target)
    {
        switch (effect)
        {
            case Effect.SetMark set:
                SetMark(cell, layout.Marks, set.Value, set.Mask);
                break;
            case Effect.SetConnectionMark set when splitter.HasEntry(cell):
                SetMark(cell, layout.ConnectionMarks, set.Value, set.Mask);
                break;
            case Effect.SaveMark save when splitter.HasEntry(cell):
                Copy(cell, layout.Marks, save.PacketMask, layout.ConnectionMarks, save.ConnectionMask);
                break;
            case Effect.RestoreMark restore when splitter.HasEntry(cell):
                Copy(cell, layout.ConnectionMarks, restore.ConnectionMask, layout.Marks, restore.PacketMask);
                break;
            case Effect.ShiftMark shift when splitter.HasEntry(cell):
                Forget(cell, shift.Unshifted is Effect.RestoreMark ? layout.Marks : layout.ConnectionMarks, shift.ToString());
                break;
            case Effect.HashMark hash:
                Forget(cell, layout.Marks, hash.Text);
                break;
            case Effect.MapPrefix map:
                var address = AddressOf(map.IsSource);
                Set(cell, address, new Change.Unknown($"{map} {cell.Changes?[address.Index]}"));
                break;
            case Effect.SetTos tos:
                Operate(cell, layout[PacketField.Tos], $"tos {tos.Value}/{tos.Mask}", tos.Apply);
                break;
            case Effect.SetTtl ttl:
                Operate(cell, layout[PacketField.Ttl], $"ttl {ttl.IsRelative} {ttl.Value}", ttl.Apply);
                break;
            case Effect.ChangeTcp tcp:
                cell.Deeds = new Deed(DeedKind.Setting, $"{target} {tcp.Text}", cell.Deeds);
                ChangeTcp(cell, tcp);
                break;
            case Effect.Untrack when cell.Tracking == TrackingPhase.Before:
                cell.Tracking = TrackingPhase.Untracked;
                break;
            case Effect.SetZone zone when cell.Tracking == TrackingPhase.Before:
                cell.Tracking = TrackingPhase.Prepared;
                cell.Deeds = new Deed(DeedKind.Tracking, zone.FromMark ? $"{zone} {string.Join(' ', layout.Marks.Select(m => cell.Changes?[m.Index]))}" : zone.ToString(), cell.Deeds);
                if (zone.Direction is null or 0 && layout.Find(PacketField.ConntrackZone) is { } dimension)
                {
                    Set(cell, dimension, zone.FromMark
                        ? new Change.Unknown(cell.Deeds.Text) : new Change.Constant(dimension.ClassOf(zone.Zone)));
                }
                break;
            case Effect.PrepareTracking prepare when cell.Tracking == TrackingPhase.Before:
                cell.Tracking = TrackingPhase.Prepared;
                cell.Deeds = new Deed(DeedKind.Tracking, prepare.Text, cell.Deeds);
                break;
            case Effect.Log log:
                cell.Deeds = new Deed(DeedKind.Log, $"{target} {log.Text}", cell.Deeds);
                break;
            case Effect.ChangeSet change:
                cell.Deeds = new Deed(DeedKind.Report, $"{target} {change.Text}", cell.Deeds);
                if (change.MapsMark)
                {
                    Forget(cell, layout.Marks, change.Text);
                }
                break;
            case Effect.Other other:
                cell.Deeds = new Deed(target is "TEE" or "TRACE" ? DeedKind.Report : DeedKind.Setting, $"{target} {other.Text}", cell.Deeds);
                break;
            case Effect.Several several:
                foreach (var part in several.Effects)
                {
                    Apply(cell, part, target);
                }
                break;
            default:
                break;
        }
    }

    /// <summary>Flags are set; sizes become something that rules do not tell. Questions about options hang on what came before.</summary>
    private void ChangeTcp(Cell cell, Effect.ChangeTcp effect)
    {
        if (effect is Effect.SetTcpFlags flags)
        {
            Operate(cell, layout[PacketField.TcpFlags], $"flags {flags.Value}/{flags.Mask}", flags.Apply);
            return;
        }
        foreach (var field in (ReadOnlySpan<PacketField>)[PacketField.MaximumSegmentSize, PacketField.Length])
        {
            if (effect.Changes(field) && layout.Find(field) is { } dimension)
            {
                Set(cell, dimension, new Change.Unknown($"{effect} {cell.Changes?[dimension.Index]}"));
            }
        }
    }

    /// <summary>Makes a mark a function that nothing more is known of than its text and what it takes.</summary>
    private void Forget(Cell cell, MarkDimension[] parts, string function)
    {
        var taken = string.Join(' ', layout.Marks.Concat(layout.ConnectionMarks).Select(part => cell.Changes?[part.Index]));
        foreach (var part in parts)
        {
            Set(cell, part, new Change.Unknown($"{function} {taken} {part.Mask}"));
        }
    }

    private void SetMark(Cell cell, MarkDimension[] parts, uint value, uint mask)
    {
        foreach (var part in parts)
        {
            var bits = value & part.Mask;
            if ((part.Mask & mask) != 0)
            {
                Set(cell, part, new Change.Constant(part.ClassOf(bits)));
            }
            else if (bits != 0)
            {
                Operate(cell, part, $"^{bits}", number => number ^ bits);
            }
        }
    }

    /// <summary><c>to = (to &amp; ~toMask) ^ (from &amp; fromMask)</c>, part by part.</summary>
    private void Copy(Cell cell, MarkDimension[] from, uint fromMask, MarkDimension[] to, uint toMask)
    {
        var before = cell.Changes;
        for (var i = 0; i < to.Length; i++)
        {
            var isCleared = (to[i].Mask & toMask) != 0;
            var isTaken = (from[i].Mask & fromMask) != 0;
            if (isCleared)
            {
                Set(cell, to[i], isTaken
                    ? before?[from[i].Index] ?? new Change.Mapped(from[i].Index, "", null)
                    : new Change.Constant(to[i].ClassOf(0)));
            }
            else if (isTaken)
            {
                Set(cell, to[i], new Change.Unknown($"{before?[from[i].Index]} ^ {before?[to[i].Index]} {to[i].Mask}"));
            }
        }
    }

    /// <summary>Maps what a dimension is now by an operation on its values.</summary>
    private void Operate(Cell cell, Dimension dimension, string name, Func<uint, uint> operation)
    {
        if (operation(0) == operation(byte.MaxValue) && dimension is not MarkDimension)
        {
            Set(cell, dimension, new Change.Constant(dimension.ClassOf(operation(0))));
            return;
        }
        var map = dimension.MapOf(operation) ?? throw new InvalidOperationException();
        Set(cell, dimension, cell.Changes?[dimension.Index] switch
        {
            null => new Change.Mapped(dimension.Index, name, map),
            Change.Constant { Class: var cls } when dimension.IsSingle(cls) =>
                dimension.ClassOf(operation((uint)dimension.ValueOf(cls))) is var image && dimension.IsSingle(image)
                    ? new Change.Constant(image) : new Change.Unknown($"{name} {dimension.Field} {dimension.ValueOf(cls)}"),
            Change.OneHopLess passed => new Change.Unknown($"{passed.Before} passed on {name}"),
            Change.Mapped mapped => mapped with { Operations = $"{mapped.Operations} {name}", Map = Compose(mapped.Map, map) },
            { } other => new Change.Unknown($"{other} {name}"),
        });
    }

    private static int[] Compose(int[]? first, int[] second) =>
        first is null ? second : [.. first.Select(cls => cls < 0 ? -1 : second[cls])];

    private List<(Cell Part, Change? Address)> MasqueradeAddresses(Cell cell, Ends before) => _own is null
        ? [(cell, new Change.Unknown($"address of the interface {before}"))]
        : _own.OfMasquerade(cell, before.Destination);

    private List<(Cell Part, Change? Address)> RedirectAddresses(Cell cell, Ends before) =>
        hook == Hook.Output ? [(cell, new Change.Constant(AddressOf(isSource: false).ClassOf(layout.Family == Family.IPv4 ? 0x7F000001u : 1u)))]
        : _own is null ? [(cell, new Change.Unknown($"address of the interface {layout.Family} {(layout.Family == Family.IPv6 ? before : "")}"))]
        : _own.OfRedirect(cell, before.Destination);

    private List<Cell> TranslateDestination(Cell cell, Effect.Translate translate, Ends before)
    {
        var address = AddressOf(isSource: false);
        if (translate.Low is { } low)
        {
            Set(cell, address, IsOne(translate)
                ? new Change.Constant(address.ClassOf(low.Value)) : new Change.Unknown($"{translate with { Ports = null }} {before}"));
        }
        if (!HasPorts(cell) || translate.Ports is not var (first, last))
        {
            return [cell];
        }
        var port = PortOf(isSource: false);
        if (first == last)
        {
            Set(cell, port, new Change.Constant(port.ClassOf(first)));
            return [cell];
        }
        if (IsRandom(translate) || translate.BasePort is not null)
        {
            Set(cell, port, new Change.Unknown($"{translate} {before}"));
            return [cell];
        }
        return ByRange([cell], port, first, last, outside => Set(outside, port, new Change.Constant(port.ClassOf(first))));
    }

    private IEnumerable<Cell> TranslateSource(Cell cell, Effect.Translate translate, Ends before)
    {
        var address = AddressOf(isSource: true);
        var port = PortOf(isSource: true);
        if (translate.Low is { } low)
        {
            if (IsOne(translate))
            {
                Set(cell, address, new Change.Constant(address.ClassOf(low.Value)));
            }
            else
            {
                var picked = new Change.Unknown($"{translate with { Ports = null }} {before}");
                return ByRange([cell], address, low.Value, (translate.High ?? low).Value, outside => Set(outside, address, picked))
                    .SelectMany(piece => TranslateSourcePort(piece, port, translate, before));
            }
        }
        return TranslateSourcePort(cell, port, translate, before);
    }

    private List<Cell> TranslateSourcePort(Cell cell, Dimension port, Effect.Translate translate, Ends before)
    {
        if (!HasPorts(cell) || (translate.Ports is null && !IsRandom(translate)))
        {
            return [cell];
        }
        if (translate.Ports is not var (first, last) || IsRandom(translate))
        {
            Set(cell, port, new Change.Unknown($"{translate} {before}"));
            return [cell];
        }
        Change picked = first == last
            ? new Change.Constant(port.ClassOf(first)) : new Change.Unknown($"one of {first} to {last} {before}");
        return ByRange([cell], port, first, last, outside => Set(outside, port, picked));
    }

    /// <summary>Cuts cells by whether a dimension is in a range; those inside stay as they are.</summary>
    private List<Cell> ByRange(IEnumerable<Cell> cells, Dimension dimension, UInt128 first, UInt128 last, Action<Cell> changeOutside)
    {
        var result = new List<Cell>();
        var codes = new List<ulong>();
        dimension.AddCodes(FieldSet.Range(first, last), codes);
        var outside = new List<Cell>();
        foreach (var cell in cells)
        {
            if (splitter.Relate(cell, [new SpaceTest(dimension.Index, codes[0])]))
            {
                splitter.Cut(cell, outside.Add);
                result.Add(cell);
            }
            else
            {
                outside.Add(cell);
            }
        }
        outside.ForEach(changeOutside);
        return [.. result, .. outside];
    }

    private bool HasPorts(Cell cell) => cell.Box[layout[PacketField.DestinationPort].Index] != layout[PacketField.DestinationPort].Absent;

    private Dimension AddressOf(bool isSource) => layout[isSource ? PacketField.Source : PacketField.Destination];

    private Dimension PortOf(bool isSource) => layout[isSource ? PacketField.SourcePort : PacketField.DestinationPort];

    /// <summary>What was copied there and back is as it was.</summary>
    private void Set(Cell cell, Dimension dimension, Change? change) =>
        cell.Changes = (cell.Changes ?? new PacketChanges(layout.Count)).With(
            dimension.Index, change is Change.Mapped { Map: null } copied && copied.Source == dimension.Index ? null : change);

    private static bool IsOne(Effect.Translate translate) => translate.High is null || translate.High == translate.Low;

    private static bool IsRandom(Effect.Translate translate) =>
        (translate.Flags & (TranslateFlags.Random | TranslateFlags.RandomFully)) != 0;

    /// <summary>What the addresses had become before.</summary>
    private readonly record struct Ends(Change? Source, Change? Destination)
    {
        public override string ToString() => $"{Source} {Destination}";
    }
}
