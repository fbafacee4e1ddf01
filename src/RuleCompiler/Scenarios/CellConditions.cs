using System.Collections.Immutable;
using RuleCompiler.Diffing;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Scenarios.Conditions;

namespace RuleCompiler.Scenarios;

/// <summary>Decides conditions for all packets of a cell at once.</summary>
internal sealed class CellConditions(SpaceLayout layout)
{
    private static readonly ImmutableArray<PacketField> Addresses =
        [PacketField.Source, PacketField.SourcePort, PacketField.Destination, PacketField.DestinationPort];

    /// <returns>Whether it holds of all of them, or of none; null where it may differ from packet to packet, or is not told.</returns>
    public bool? Decide(TraceCondition condition, PacketCell cell) => condition switch
    {
        NotCondition not => !Decide(not.Negated, cell),
        VerdictCondition verdict => cell.Verdict == verdict.Verdict,
        HitsCondition => cell.IsHit,
        UntouchedCondition => !cell.IsRewritten && !IsProxied(cell),
        RewriteCondition { Kind: "tproxy" } when !IsProxied(cell) => false,
        RewriteCondition { Kind: not "tproxy" } when !cell.IsRewritten => false,
        MarkCondition mark => DecideMark(mark, cell),
        _ => null,
    };

    /// <summary>
    /// Whether a condition that <see cref="Decide"/> leaves open is the same for all packets, so that one of them tells:
    /// what kind of rewrite a way has, and to what, where the rules name that.
    /// </summary>
    public bool IsSameForAll(TraceCondition condition, PacketCell cell) => condition switch
    {
        NotCondition not => IsSameForAll(not.Negated, cell),
        RewriteCondition { Target: null } => true,
        RewriteCondition => Addresses.Any(field => ChangeOf(field, cell) is Change.Constant)
            && Addresses.All(field => ChangeOf(field, cell) is null or Change.Constant)
            && HasNewAddress(PacketField.Destination, PacketField.DestinationPort, cell)
            && HasNewAddress(PacketField.Source, PacketField.SourcePort, cell),
        _ => false,
    };

    /// <summary>A new port alone leaves the packets' own addresses, which may differ.</summary>
    private bool HasNewAddress(PacketField address, PacketField port, PacketCell cell) =>
        ChangeOf(port, cell) is null || ChangeOf(address, cell) is Change.Constant;

    /// <summary>Null for a field that stays as it came, and for one that the rules do not ask about.</summary>
    private Change? ChangeOf(PacketField field, PacketCell cell) =>
        layout.Find(field) is { } dimension ? cell.Way.Changes?[dimension.Index] : null;

    private bool? DecideMark(MarkCondition condition, PacketCell cell) =>
        layout.Find(PacketField.Mark) is { } dimension && ChangeOf(PacketField.Mark, cell) is Change.Constant constant
            ? (dimension.ValueOf(constant.Class) & condition.Expected.Mask) == (condition.Expected.Value & condition.Expected.Mask)
            : null;

    private static bool IsProxied(PacketCell cell)
    {
        for (var deed = cell.Way.Deeds; deed is not null; deed = deed.Before)
        {
            if (deed.Kind == DeedKind.Proxy)
            {
                return true;
            }
        }
        return false;
    }
}
