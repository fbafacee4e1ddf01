using System.Collections.Immutable;
using RuleCompiler.DecisionTables;
using RuleCompiler.Diffing;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Scenarios.Conditions;

namespace RuleCompiler.Scenarios;

/// <summary>Cuts packets that go one way by what a condition says of their new addresses and ports.</summary>
/// <remarks>
/// What the kernel picks by a hash of the packet is known of a packet, not of all: where the condition has all values that
/// it picks from, or none of them, it does not matter; else packets are looked at one by one, if they are few enough.
/// What it picks by chance is told as a range, which is the same for all.
/// </remarks>
internal sealed class RewriteParts(SpaceLayout layout, FamilyRules rules)
{
    private static readonly ImmutableArray<PacketField> Interfaces = [PacketField.InInterface, PacketField.OutInterface];

    /// <summary>Source ports are replaced by such of their kind (<c>NatTranslator</c>).</summary>
    private static readonly ImmutableArray<Condition> PortKinds =
        [Condition.Field(PacketField.SourcePort, FieldSet.Range(0, 511)), Condition.Field(PacketField.SourcePort, FieldSet.Range(512, 1023))];

    private readonly BoxCutter _cutter = new(layout);

    /// <summary>What a layout must tell apart for a condition on new addresses.</summary>
    public static IEnumerable<Condition> Distinctions(RewriteCondition condition, FamilyRules rules) =>
        PortKinds.Concat(condition.Target is { } target ? OfTarget(target).Concat(OfNetworks(target, rules.Tables)) : []);

    /// <summary>Parts of boxes of which one packet each tells whether the condition holds.</summary>
    /// <returns>Null where they would be too many, or where values hang on what no rule and no packet tells.</returns>
    public List<ulong[]>? Cut(List<ulong[]> boxes, TraceCondition condition, PacketCell cell)
    {
        var target = (condition as RewriteCondition)?.Target;
        var cuts = new List<Condition>(condition is FlowCondition ? rules.Naming?.Distinctions(layout.Family) ?? [] : target is null ? [] : OfTarget(target));
        var picked = new List<(PacketField Field, Choice? Choice)>();
        var isSurelyChanged = false;
        foreach (var field in FieldsOf(condition))
        {
            var dimension = layout[field];
            switch (cell.Way.Changes?[dimension.Index])
            {
                case null:
                    break;
                case Change.Constant { Class: var cls } when dimension.IsSingle(cls):
                    cuts.Add(Condition.Field(field, FieldSet.Of(dimension.ValueOf(cls))));
                    break;
                case Change.Unknown { Choice.Kind: ChoiceKind.Chance } when condition is not FlowCondition:
                    cuts.AddRange(PortKinds);
                    isSurelyChanged = true;
                    break;
                case Change.Unknown { Choice: { Kind: ChoiceKind.Packet or ChoiceKind.HostBits } choice } when condition is not FlowCondition:
                    cuts.Add(Condition.Field(field, FieldSet.Range(choice.Values.Low, choice.Values.High)));
                    cuts.AddRange(target is not null && choice.Kind == ChoiceKind.HostBits ? OfNetworks(target, rules.Tables) : []);
                    picked.Add((field, choice));
                    break;
                default:
                    picked.Add((field, null));
                    break;
            }
        }
        var parts = _cutter.Cut(boxes, cuts);
        return parts is null || picked.Count == 0 ? parts : CutByValue(parts, target, picked, cell, isSurelyChanged);
    }

    /// <summary>Looks one by one at the packets of parts for which it matters what is picked.</summary>
    private List<ulong[]>? CutByValue(List<ulong[]> parts, EndpointPattern? target, List<(PacketField Field, Choice? Choice)> picked, PacketCell cell, bool isSurelyChanged)
    {
        var result = new List<ulong[]>();
        foreach (var part in parts)
        {
            if (IsSettled(part, target, picked, isSurelyChanged))
            {
                result.Add(part);
            }
            else if (BoxCutter.CutByValue(part, DecidingAbout(picked, cell)) is { } points)
            {
                result.AddRange(points);
            }
            else
            {
                return null;
            }
        }
        return result;
    }

    /// <summary>Packets of a box one by one, where the kernel picks an address or port for each.</summary>
    /// <returns>Null where they are too many, or where nothing is picked.</returns>
    public List<ulong[]>? OfPicks(PacketCell cell, ulong[] box)
    {
        var picked = OutcomeComparer.Addresses
            .Select(field => (field, cell.Way.Changes?[layout[field].Index]))
            .Where(end => end.Item2 is Change.Unknown { Choice.Kind: not ChoiceKind.Chance })
            .Select(end => (end.field, (end.Item2 as Change.Unknown)?.Choice)).ToList();
        return picked.Count == 0 ? null : BoxCutter.CutByValue(box, DecidingAbout(picked, cell));
    }

    /// <summary>The fields that decide what is picked: for an address both ends, and the interfaces where one is an interface's.</summary>
    private IEnumerable<Dimension> DecidingAbout(List<(PacketField Field, Choice? Choice)> picked, PacketCell cell)
    {
        var ends = ((PacketField[])[PacketField.Source, PacketField.Destination]).Select(field => cell.Way.Changes?[layout[field].Index]).OfType<Change.Unknown>();
        return picked.SelectMany(pick => DecidingAbout(pick.Field, pick.Choice))
            .Concat(ends.SelectMany(end => end.Choice is null ? Interfaces : []))
            .Distinct().Select(field => layout[field]);
    }

    private static ImmutableArray<PacketField> DecidingAbout(PacketField field, Choice? choice) => (choice?.Kind, field) switch
    {
        (ChoiceKind.HostBits, _) or (ChoiceKind.Packet, PacketField.SourcePort or PacketField.DestinationPort) => [field],
        (ChoiceKind.Packet, _) => [PacketField.Source, PacketField.Destination],
        _ => [.. OutcomeComparer.Addresses, .. Interfaces],
    };

    /// <summary>Whether it does not matter to a target what is picked for the packets of a box.</summary>
    private bool IsSettled(ulong[] box, EndpointPattern? target, List<(PacketField Field, Choice? Choice)> picked, bool isSurelyChanged)
    {
        var isSettled = true;
        foreach (var (field, choice) in picked)
        {
            var wanted = field is PacketField.Source or PacketField.Destination ? target?.Addresses : target?.Ports;
            var images = ImagesOf(box, field, choice);
            if (images is null)
            {
                isSettled = false;
                continue;
            }
            if (wanted is { } values && images.TrueForAll(image => image.High < values.Low || image.Low > values.High))
            {
                return true; // not what the target says, whatever the rest
            }
            isSettled &= (wanted is not { } all || images.TrueForAll(image => all.Contains(image.Low) && all.Contains(image.High)))
                && (isSurelyChanged || !MayStay(box, field, choice));
        }
        return isSettled;
    }

    /// <summary>What may be picked for the packets of a box; null where that is not known.</summary>
    private List<Interval>? ImagesOf(ulong[] box, PacketField field, Choice? choice)
    {
        if (choice is not { Kind: var kind, Values: var values })
        {
            return null;
        }
        var host = values.High - values.Low;
        return kind == ChoiceKind.Packet ? [values]
            : [.. layout[field].SetsOf(box[layout[field].Index]).SelectMany(set => set.Ranges).Select(range =>
                (range.Low | host) == (range.High | host) ? new Interval(values.Low | (range.Low & host), values.Low | (range.High & host)) : values)];
    }

    /// <summary>Whether what is picked may be what the packet had, so that nothing changes.</summary>
    private bool MayStay(ulong[] box, PacketField field, Choice? choice) => choice is { Values: var values }
        && layout[field].SetsOf(box[layout[field].Index]).SelectMany(set => set.Ranges).Any(range => range.Low <= values.High && range.High >= values.Low);

    /// <summary>What a condition says of the packet's new addresses: of the source, the destination, or both.</summary>
    private static ImmutableArray<PacketField> FieldsOf(TraceCondition condition) => condition switch
    {
        FlowCondition or RewriteCondition { Kind: "redirect" or "dnat" } => [PacketField.Destination, PacketField.DestinationPort],
        RewriteCondition { Kind: "snat" or "masquerade" } => [PacketField.Source, PacketField.SourcePort],
        RewriteCondition { Kind: "tproxy" } => [],
        _ => OutcomeComparer.Addresses,
    };

    private static IEnumerable<Condition> OfTarget(EndpointPattern target)
    {
        if (target.Addresses is var (first, last))
        {
            yield return Condition.Field(PacketField.Source, FieldSet.Range(first, last));
            yield return Condition.Field(PacketField.Destination, FieldSet.Range(first, last));
        }
        if (target.Ports is var (low, high))
        {
            yield return Condition.Field(PacketField.SourcePort, FieldSet.Range(low, high));
            yield return Condition.Field(PacketField.DestinationPort, FieldSet.Range(low, high));
        }
    }

    /// <summary>Old addresses, in the networks that rules ask for, of which NETMAP makes those of a target.</summary>
    private static IEnumerable<Condition> OfNetworks(EndpointPattern target, CompiledRuleset tables)
    {
        if (target.Addresses is not { } wanted)
        {
            yield break;
        }
        var asked = tables.Predicates.Select(predicate => predicate.Condition).OfType<Condition.FieldCondition>()
            .Where(field => field.TestedField is PacketField.Source or PacketField.Destination && !field.Set.IsMasked)
            .SelectMany(field => field.Set.Ranges.Select(range => (field.TestedField, range))).Distinct().ToList();
        foreach (var network in tables.Actions.Select(action => (action.Effect as Effect.MapNetwork)?.GetAddresses()).OfType<Interval>().Distinct())
        {
            var host = network.High - network.Low;
            var (low, high) = (UInt128.Max(wanted.Low, network.Low), UInt128.Min(wanted.High, network.High));
            foreach (var (field, range) in asked.Where(a => low <= high && (a.range.Low | host) == (a.range.High | host)))
            {
                yield return Condition.Field(field, FieldSet.Range((range.Low & ~host) | (low & host), (range.Low & ~host) | (high & host)));
            }
        }
    }
}
