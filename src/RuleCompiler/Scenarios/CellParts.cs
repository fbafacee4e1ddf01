using System.Collections.Immutable;
using RuleCompiler.Diffing;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Scenarios.Conditions;

namespace RuleCompiler.Scenarios;

/// <summary>Cuts packets that go one way into parts for which a condition is the same, so that one packet of each tells.</summary>
/// <remarks>
/// Packets that meet the same rules still differ in what these leave alone: the mark that they came with, whether a new
/// address is the one that they had, whose listener they are for. Each condition says by which values; the parts are at
/// most the product of these.
/// </remarks>
internal sealed class CellParts(SpaceLayout layout, FamilyRules rules)
{
    private const int MaxParts = 4096;

    /// <summary>Addresses that routing treats in a way of their own: none, loopback, multicast, broadcast.</summary>
    private static readonly ImmutableArray<FieldSet> NowhereV4 =
        [FieldSet.Of(0), FieldSet.Range(0x7F000000, 0x7FFFFFFF), FieldSet.Range(0xE0000000, 0xEFFFFFFF), FieldSet.Of(uint.MaxValue)];

    private static readonly ImmutableArray<FieldSet> NowhereV6 =
        [FieldSet.Of(0), FieldSet.Of(1), FieldSet.Range(new UInt128(0xFF00_0000_0000_0000, 0), UInt128.MaxValue)];

    private readonly ConditionBoxes _boxes = new(layout);

    /// <summary>What a layout must tell apart for claims with these conditions.</summary>
    public static IEnumerable<Condition> Distinctions(IEnumerable<TraceCondition> conditions, FamilyRules rules)
    {
        var family = rules.Tables.Family;
        return conditions.Select(c => c is NotCondition not ? not.Negated : c).SelectMany(condition => condition switch
        {
            MarkCondition mark => OfMark(mark.Expected),
            FlowCondition => rules.Naming?.Distinctions(family) ?? [],
            RewriteCondition { Target: { } target } => OfTarget(target),
            _ => [],
        }).Concat(OfHost(rules.Host, family));
    }

    /// <summary>The parts of a cell.</summary>
    /// <param name="cell">Packets that go one way.</param>
    /// <param name="open">The conditions that the way alone does not decide.</param>
    /// <returns>Boxes; null where they would be too many, or where values hang on what no rule and no packet tells.</returns>
    public List<ulong[]>? Of(PacketCell cell, IEnumerable<TraceCondition> open)
    {
        List<ulong[]>? parts = [cell.Box];
        foreach (var condition in open.Select(c => c is NotCondition not ? not.Negated : c))
        {
            parts = condition is MarkCondition mark ? CutByMark(parts, mark, cell) : CutByAddresses(parts, condition, cell);
            if (parts is null)
            {
                return null;
            }
        }
        return parts;
    }

    private List<ulong[]>? CutByMark(List<ulong[]> boxes, MarkCondition condition, PacketCell cell)
    {
        List<ulong[]>? parts = boxes;
        foreach (var part in layout.Marks.Where(part => (part.Mask & condition.Expected.Mask) != 0))
        {
            int? source = cell.Way.Changes?[part.Index] switch
            {
                null => part.Index,
                Change.Mapped mapped => mapped.Source,
                Change.Constant { Class: var cls } when part.IsSingle(cls) => -1,
                _ => null,
            };
            parts = source is null ? null : source < 0 ? parts : CutByClass(parts, layout.Dimensions[source.Value]);
            if (parts is null)
            {
                return null;
            }
        }
        return parts;
    }

    private List<ulong[]>? CutByAddresses(List<ulong[]> boxes, TraceCondition condition, PacketCell cell)
    {
        var cuts = new List<Condition>(condition switch
        {
            FlowCondition => rules.Naming?.Distinctions(layout.Family) ?? [],
            RewriteCondition { Target: { } target } => OfTarget(target),
            _ => [],
        });
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
                default:
                    return null;
            }
        }
        return Cut(boxes, cuts);
    }

    /// <summary>Parts of a box whose packets routing treats alike: all of them go on, or all are lost.</summary>
    /// <returns>None where they would be too many.</returns>
    public List<ulong[]> OfRouting(ulong[] box) => Cut([box], OfHost(rules.Host, layout.Family)) ?? [];

    private List<ulong[]>? Cut(List<ulong[]> boxes, IEnumerable<Condition> cuts)
    {
        var parts = boxes;
        foreach (var cut in cuts)
        {
            if (_boxes.Of(cut, holds: true) is not { } inside || _boxes.Of(cut, holds: false) is not { } outside)
            {
                return null;
            }
            parts = [.. from box in parts from tests in inside.Concat(outside) select Meet(box, tests) into part where part is not null select part];
            if (parts.Count > MaxParts)
            {
                return null;
            }
        }
        return parts;
    }

    /// <summary>What a condition says of the packet's new addresses: of the source, the destination, or both.</summary>
    private static ImmutableArray<PacketField> FieldsOf(TraceCondition condition) => condition switch
    {
        FlowCondition or RewriteCondition { Kind: "redirect" or "dnat" } => [PacketField.Destination, PacketField.DestinationPort],
        RewriteCondition { Kind: "snat" or "masquerade" } => [PacketField.Source, PacketField.SourcePort],
        RewriteCondition { Kind: "tproxy" } => [],
        _ => OutcomeComparer.Addresses,
    };

    private static List<ulong[]>? CutByClass(List<ulong[]> boxes, Dimension dimension)
    {
        var parts = new List<ulong[]>();
        foreach (var box in boxes)
        {
            foreach (var cls in dimension.ClassesOf(box[dimension.Index]))
            {
                var part = (ulong[])box.Clone();
                part[dimension.Index] = dimension.CodeOf(cls);
                parts.Add(part);
            }
        }
        return parts.Count > MaxParts ? null : parts;
    }

    private ulong[]? Meet(ulong[] box, SpaceTest[] tests)
    {
        var common = (ulong[])box.Clone();
        foreach (var (dimension, code) in tests)
        {
            common[dimension] = Boxes.Meet(common[dimension], code, dimension < layout.NarrowCount);
            if (common[dimension] == Boxes.Nothing)
            {
                return null;
            }
        }
        return common;
    }

    private static IEnumerable<Condition> OfMark(MaskedNumber mark) =>
        ((PacketField[])[PacketField.Mark, PacketField.ConnectionMark])
            .Select(field => Condition.Field(field, FieldSet.Masked(mark.Value & mark.Mask, mark.Mask, 32)));

    private static IEnumerable<Condition> OfTarget(EndpointPattern target)
    {
        if (target.Address is { } address)
        {
            yield return Condition.Field(PacketField.Source, FieldSet.Of(address.Value));
            yield return Condition.Field(PacketField.Destination, FieldSet.Of(address.Value));
        }
        if (target.Port is { } port)
        {
            yield return Condition.Field(PacketField.SourcePort, FieldSet.Of(port));
            yield return Condition.Field(PacketField.DestinationPort, FieldSet.Of(port));
        }
    }

    /// <summary>The host's addresses and interfaces, and what routing takes from nobody.</summary>
    private static IEnumerable<Condition> OfHost(HostFacts host, Family family)
    {
        foreach (var range in family == Family.IPv4 ? NowhereV4 : NowhereV6)
        {
            yield return Condition.Field(PacketField.Source, range);
            yield return Condition.Field(PacketField.Destination, range);
        }
        foreach (var link in host.Interfaces)
        {
            yield return Condition.Field(PacketField.InInterface, FieldSet.Of(InterfaceName.Pack(link.Name)));
            yield return Condition.Field(PacketField.OutInterface, FieldSet.Of(InterfaceName.Pack(link.Name)));
            foreach (var address in link.Addresses.Where(a => a.Address.Family == family).Select(a => a.Address))
            {
                yield return Condition.Field(PacketField.Source, FieldSet.Of(address.Value));
                yield return Condition.Field(PacketField.Destination, FieldSet.Of(address.Value));
            }
        }
    }
}
