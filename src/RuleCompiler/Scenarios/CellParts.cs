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
    /// <summary>Addresses that routing treats in a way of their own: none, loopback, multicast, broadcast.</summary>
    private static readonly ImmutableArray<FieldSet> NowhereV4 =
        [FieldSet.Of(0), FieldSet.Range(0x7F000000, 0x7FFFFFFF), FieldSet.Range(0xE0000000, 0xEFFFFFFF), FieldSet.Of(uint.MaxValue)];

    private static readonly ImmutableArray<FieldSet> NowhereV6 =
        [FieldSet.Of(0), FieldSet.Of(1), FieldSet.Range(new UInt128(0xFF00_0000_0000_0000, 0), UInt128.MaxValue)];

    private readonly BoxCutter _cutter = new(layout);
    private readonly RewriteParts _rewrites = new(layout, rules);

    /// <summary>What a layout must tell apart for claims with these conditions.</summary>
    public static IEnumerable<Condition> Distinctions(IEnumerable<TraceCondition> conditions, FamilyRules rules)
    {
        var family = rules.Tables.Family;
        return conditions.Select(c => c is NotCondition not ? not.Negated : c).SelectMany(condition => condition switch
        {
            MarkCondition mark => OfMark(mark.Expected),
            FlowCondition => rules.Naming?.Distinctions(family) ?? [],
            RewriteCondition rewrite => RewriteParts.Distinctions(rewrite, rules),
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
            parts = condition is MarkCondition mark ? CutByMark(parts, mark, cell) : _rewrites.Cut(parts, condition, cell);
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
        foreach (var part in layout.Marks)
        {
            if (parts is not null && (part.Mask & condition.Expected.Mask) != 0)
            {
                parts = cell.Way.Changes?[part.Index] switch
                {
                    null => BoxCutter.CutByClass(parts, part),
                    Change.Mapped mapped => CutByClass(parts, mapped),
                    Change.Constant { Class: var cls } when part.IsSingle(cls) => parts,
                    _ => null,
                };
            }
        }
        return parts;
    }

    /// <returns>Null where it is not known what a class is mapped to.</returns>
    private List<ulong[]>? CutByClass(List<ulong[]> boxes, Change.Mapped mapped)
    {
        var source = layout.Dimensions[mapped.Source];
        return boxes.TrueForAll(box => source.ClassesOf(box[source.Index]).All(cls => mapped.Map is null || mapped.Map[cls] >= 0))
            ? BoxCutter.CutByClass(boxes, source)?.FindAll(box => layout.HasPackets(box)) : null;
    }

    /// <summary>Whether packets of a cell go where an address says that the kernel picks for each.</summary>
    public bool IsRoutedByPick(PacketCell cell) =>
        cell.Way.Changes?[layout[PacketField.Destination].Index] is Change.Unknown { Choice.Kind: ChoiceKind.Packet };

    /// <summary>Packets of a box one by one, where it hangs on what the kernel picks for each whether it goes the cell's way.</summary>
    /// <returns>Null where they are too many, or where nothing is picked.</returns>
    public List<ulong[]>? OfPicks(PacketCell cell, ulong[] box) => _rewrites.OfPicks(cell, box);

    /// <summary>Parts of a box whose packets routing treats alike: all of them go on, or all are lost.</summary>
    /// <returns>None where they would be too many.</returns>
    public List<ulong[]> OfRouting(ulong[] box) => _cutter.Cut([box], OfHost(rules.Host, layout.Family)) ?? [];

    private static IEnumerable<Condition> OfMark(MaskedNumber mark) =>
        ((PacketField[])[PacketField.Mark, PacketField.ConnectionMark])
            .Select(field => Condition.Field(field, FieldSet.Masked(mark.Value & mark.Mask, mark.Mask, 32)));

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
