using RuleCompiler.Diffing;
using RuleCompiler.PacketSpaces;
using RuleCompiler.Scenarios.Conditions;

namespace RuleCompiler.Scenarios;

/// <summary>Decides conditions for all packets of a cell at once.</summary>
internal sealed class CellConditions(SpaceLayout layout)
{
    /// <returns>Whether it holds of all of them, or of none; null where it may differ from packet to packet, or is not told.</returns>
    public bool? Decide(TraceCondition condition, PacketCell cell) => condition switch
    {
        NotCondition not => !Decide(not.Negated, cell),
        VerdictCondition verdict => cell.Verdict == verdict.Verdict,
        HitsCondition => cell.IsHit,
        UntouchedCondition when IsProxied(cell) => false,
        UntouchedCondition => !cell.IsRewritten ? true : IsSurelyRewritten(cell) ? false : null,
        RewriteCondition { Kind: "tproxy" } when !IsProxied(cell) => false,
        RewriteCondition { Kind: not "tproxy" } when !cell.IsRewritten => false,
        MarkCondition mark => DecideMark(mark, cell),
        _ => null,
    };

    /// <summary>An address that an interface has may be the one that the packet had before.</summary>
    private bool IsSurelyRewritten(PacketCell cell)
    {
        foreach (var field in OutcomeComparer.Addresses)
        {
            var dimension = layout[field];
            var isSure = cell.Way.Changes?[dimension.Index] switch
            {
                Change.Constant { Class: var cls } => Boxes.Meet(cell.Box[dimension.Index], dimension.CodeOf(cls), dimension.IsNarrow) == Boxes.Nothing,
                Change.Unknown { Choice.Kind: ChoiceKind.Chance } => true,
                _ => false,
            };
            if (isSure)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Part by part of the mark, where the rules write what it is.</summary>
    private bool? DecideMark(MarkCondition condition, PacketCell cell)
    {
        bool? result = true;
        foreach (var part in layout.Marks.Where(part => (part.Mask & condition.Expected.Mask) != 0))
        {
            if (cell.Way.Changes?[part.Index] is not Change.Constant constant || !part.IsSingle(constant.Class))
            {
                result = null;
            }
            else if (((part.ValueOf(constant.Class) ^ condition.Expected.Value) & part.Mask & condition.Expected.Mask) != 0)
            {
                return false;
            }
        }
        return result;
    }

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
