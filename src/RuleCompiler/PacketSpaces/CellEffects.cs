using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Does to cells what targets do to packets: the images of boxes under changes of marks, headers and tracking.</summary>
/// <remarks>The kernel's rules are those of <c>EffectApplier</c>.</remarks>
/// <param name="layout">The dimensions.</param>
/// <param name="splitter">Cuts cells.</param>
/// <param name="host">The machine, whose listeners TPROXY looks for; null where it is not known.</param>
internal sealed class CellEffects(SpaceLayout layout, CellSplitter splitter, HostFacts? host)
{
    // Made when first asked for: of a machine with thousands of addresses it takes time, and few rules ask.
    private readonly Lazy<ProxyListeners>? _listeners = host is null ? null : new(() => new ProxyListeners(layout, splitter, host));

    /// <summary>A target that goes on with the next rule.</summary>
    public void Apply(Cell cell, RuleAction action) => Apply(cell, action.Effect, action.Target ?? "");

    /// <summary>Whether TPROXY finds a socket: parts of the cell with the address looked for; null where these are not known.</summary>
    public IEnumerable<(Cell Part, IpAddress? Address, bool? IsFound)> FindListeners(Cell cell, RuleAction action) =>
        !layout.HasPorts(cell.Box) ? [(cell, null, false)]
        : _listeners is null || action.Effect is not Effect.ProxyTo proxy ? [(cell, null, null)]
        : _listeners.Value.Find(cell, proxy);

    /// <summary>TPROXY that has found its socket.</summary>
    public void Proxy(Cell cell, IpAddress? address, RuleAction action)
    {
        if (action.Effect is Effect.ProxyTo proxy)
        {
            cell.Deeds = new Deed(DeedKind.Proxy, $"{address ?? proxy.Address} {proxy.Port}", cell.Deeds) { Port = proxy.Port };
            SetMark(cell, layout.Marks, proxy.MarkValue, proxy.MarkMask);
        }
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
                cell.Deeds = new Deed(DeedKind.Tracking, zone.FromMark ? $"{zone.Describe()} {string.Join(' ', layout.Marks.Select(m => cell.Changes?[m.Index]))}".TrimEnd() : zone.Describe(), cell.Deeds);
                if (layout.Find(PacketField.ConntrackZone) is { } dimension)
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
                SetSum(cell, part, PartOf(part).SumOf(part, cell.Changes?[part.Index]) ^ new MarkSum(MarkSources.None, bits), $"{cell.Changes?[part.Index]} ^{bits}");
            }
        }
    }

    private MarkPart PartOf(MarkDimension dimension) => layout.MarkPartOf(dimension.Index) ?? throw new InvalidOperationException();

    /// <param name="cell">The packets.</param>
    /// <param name="dimension">What is written.</param>
    /// <param name="sum">What is written there; null where it is not known.</param>
    /// <param name="otherwise">What stands for it then.</param>
    private void SetSum(Cell cell, MarkDimension dimension, MarkSum? sum, string otherwise) =>
        Set(cell, dimension, sum is { } known ? PartOf(dimension).ChangeOf(dimension, known) : new Change.Unknown(otherwise));

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
                var taken = ValueOf(cell, before, from[i]) is { } bits ? new MarkSum(MarkSources.None, bits) : layout.MarkParts[i].SumOf(from[i], before?[from[i].Index]);
                SetSum(cell, to[i], layout.MarkParts[i].SumOf(to[i], before?[to[i].Index]) ^ taken, $"{before?[from[i].Index]} ^ {before?[to[i].Index]} {to[i].Mask}");
            }
        }
    }

    /// <summary>The value that a part of a mark has in all packets of a cell; null where they differ, or where it is not known.</summary>
    private static uint? ValueOf(Cell cell, PacketChanges? changes, MarkDimension part)
    {
        var code = changes?[part.Index] switch
        {
            null => cell.Box[part.Index],
            Change.Constant constant => part.CodeOf(constant.Class),
            _ => part.Full,
        };
        return part.IsPoint(code) && part.FirstClass(code) is var cls && cls != part.AbsentClass && part.IsSingle(cls) ? (uint)part.ValueOf(cls) : null;
    }

    /// <summary>Maps what a dimension is now by an operation on its values.</summary>
    private void Operate(Cell cell, Dimension dimension, string name, Func<uint, uint> operation)
    {
        if (operation(0) == operation(byte.MaxValue))
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
            Change.Mapped mapped => mapped with { Operations = $"{mapped.Operations} {name}", Map = Compose(layout.Dimensions[mapped.Source].ClassCount, mapped.Map, map) },
            { } other => new Change.Unknown($"{other} {name}"),
        });
    }

    /// <summary>One map after another. What has no class there, the mark of no connection, is never copied, so that any class will do.</summary>
    private static int[] Compose(int classCount, int[]? first, int[] second) =>
    [
        .. Enumerable.Range(0, classCount).Select(cls => first is null ? cls : first[cls])
            .Select(cls => cls < 0 ? -1 : second[cls < second.Length ? cls : 0]),
    ];

    private Dimension AddressOf(bool isSource) => layout[isSource ? PacketField.Source : PacketField.Destination];

    /// <summary>What was copied there and back is as it was.</summary>
    private static void Set(Cell cell, Dimension dimension, Change? change) =>
        cell.Changes = (cell.Changes ?? PacketChanges.None).With(
            dimension.Index, change is Change.Mapped { Map: null } copied && copied.Source == dimension.Index ? null : change);
}
