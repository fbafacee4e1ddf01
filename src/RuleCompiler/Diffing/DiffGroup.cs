using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>The packets that one pair of rules treats otherwise in one way, as they are found.</summary>
/// <param name="first">The first of them.</param>
/// <param name="layout">The dimensions.</param>
internal sealed class DiffGroup(CellPair first, SpaceLayout layout)
{
    private BoxIndex? _index;

    /// <summary>Stands for all.</summary>
    public CellPair First { get; } = first;

    /// <summary>Disjoint.</summary>
    public List<ulong[]> Boxes { get; } = [first.Box];

    /// <summary>Adds more of them. What routing loses may be found once for each way on which rules behind it would have led them.</summary>
    /// <param name="pair">A pair of the same key.</param>
    public void Add(CellPair pair)
    {
        if (!(pair.Old.IsLost || pair.New.IsLost) || !IsKnown(pair.Box))
        {
            Boxes.Add(pair.Box);
        }
    }

    private bool IsKnown(ulong[] box)
    {
        _index ??= new BoxIndex(layout);
        while (_index.Count < Boxes.Count)
        {
            _index.Add(Boxes[_index.Count]);
        }
        return _index.Meeting(box).Any(known => PacketSpaces.Boxes.Holds(Boxes[known], box, layout.NarrowCount));
    }

    /// <summary>What makes pairs of ways one region: who decides, and to what outcome. Which policies let a packet pass makes none where the other dump decides otherwise.</summary>
    public static string KeyOf(CellPair pair, UnknownTable unknowns, OutcomeComparer comparer) =>
        $"{pair.IsExact} {TakerKey(pair.Old, pair.New)} {SideKey(pair.Old, unknowns, comparer)}|{TakerKey(pair.New, pair.Old)} {SideKey(pair.New, unknowns, comparer)}";

    private static string TakerKey(Cell cell, Cell other) => cell.IsPassedByPolicies && !other.IsPassedByPolicies
        ? "policies" : $"{cell.Taker?.Hook} {cell.Taker?.Chain} {cell.Taker?.RuleNumber}";

    private static string SideKey(Cell cell, UnknownTable unknowns, OutcomeComparer comparer) =>
        $"{cell.Verdict} {cell.VerdictDetail} {cell.IsLost} "
        + $"{ChangesOf(cell, comparer)} {AssumptionTexts.KeyOf(cell.Assumed, unknowns)}";

    /// <summary>What is changed, in a form that is the same for the same.</summary>
    public static string ChangesOf(Cell cell, OutcomeComparer comparer)
    {
        var texts = new List<string>();
        foreach (var d in comparer.Compared)
        {
            if (Change.ByRules(cell.Changes?[d]) is { } change)
            {
                texts.Add($"{d} {change}");
            }
        }
        return string.Join(';', texts) + (cell.Tracking == TrackingPhase.Untracked ? "untracked" : "") + $" {comparer.TextOf(cell.Deeds)}";
    }
}
