using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Carries boxes through both dumps and finds the packets that end otherwise. Exact, or a pair says that it is not; its cost is that of every way.</summary>
/// <param name="before">The old dump.</param>
/// <param name="after">The new dump.</param>
/// <param name="comparer">What counts as the same.</param>
/// <param name="losses">What the two machines lose.</param>
internal sealed class CellComparison(JourneyWalker before, JourneyWalker after, OutcomeComparer comparer, (LostPackets Old, LostPackets New) losses)
{
    private readonly List<ulong> _codes = [];

    /// <summary>Whether both machines lose the same packets for the addresses with which they come to routing.</summary>
    public required bool LoseAlike { get; init; }

    /// <summary>Called with the unknowns that each pair of ways has chosen.</summary>
    public Action<Assumed?, Assumed?>? Seen { get; set; }

    /// <summary>The packets of a box whose outcomes differ.</summary>
    public IEnumerable<CellPair> Differing(ulong[] box)
    {
        foreach (var old in before.Run(box))
        {
            foreach (var other in after.Run([.. old.Box], old.Assumed))
            {
                Seen?.Invoke(old.Assumed, other.Assumed);
                foreach (var pair in losses.Old.AreAlike(old, other, LoseAlike) ? Differing(old, other) : DifferingInRouting(old, other))
                {
                    yield return pair;
                }
            }
        }
    }

    /// <summary>
    /// Packets that routing loses on one way alone get no further there. They are told for themselves where that is all that becomes of the
    /// box, or where they differ and the others do not, or the other way round; else they are among the others, who they differ with.
    /// </summary>
    private IEnumerable<CellPair> DifferingInRouting(Cell old, Cell other)
    {
        var (lostByOld, kept) = losses.Old.Split(old, LoseAlike ? losses.Old : losses.New, other, other.Box);
        var parts = kept.ConvertAll(SplitByNew);
        var lost = lostByOld.SelectMany(box => SplitByNew(box).Others).SelectMany(box => before.Lose(box, old.Assumed)).Select(cell => (Old: cell, New: other.With([.. cell.Box])))
            .Concat(parts.SelectMany(part => part.Lost).SelectMany(box => after.Lose(box, other.Assumed)).Select(cell => (Old: old, New: cell))).ToList();
        var others = parts.SelectMany(part => part.Others).ToList();
        var whole = comparer.Compare(old, other);
        if (others.Count > 0 && (whole != OutcomeComparison.Mixed || comparer.FindCut(old, other) is null)
            && lost.TrueForAll(pair => comparer.Compare(pair.Old, pair.New) is var part && (part == whole || (part, whole) == (OutcomeComparison.Different, OutcomeComparison.Mixed))))
        {
            return Differing(old, other);
        }
        return lost.SelectMany(pair => Differing(pair.Old, pair.New)).Concat(others.SelectMany(box => Differing(old, other.With([.. box]))));

        (List<ulong[]> Lost, List<ulong[]> Others) SplitByNew(ulong[] box) => losses.New.Split(other, LoseAlike ? losses.New : losses.Old, old, box);
    }

    private IEnumerable<CellPair> Differing(Cell old, Cell other)
    {
        if (OutcomeTeller.IsLost(old) && OutcomeTeller.IsLost(other))
        {
            return [];
        }
        var comparison = comparer.Compare(old, other);
        switch (comparison)
        {
            case OutcomeComparison.Same:
                return [];
            case OutcomeComparison.Mixed when comparer.FindCut(old, other) is var (dimension, code):
                return Cut(other, dimension, code).SelectMany(part => Differing(old, part));
            default:
                return [new CellPair(other.Box, old, other, IsExact: comparison == OutcomeComparison.Different)];
        }
    }

    private List<Cell> Cut(Cell cell, int dimension, ulong code)
    {
        _codes.Clear();
        var d = comparer.Layout.Dimensions[dimension];
        d.AddDifference(cell.Box[dimension], code, _codes);
        _codes.Add(Boxes.Meet(cell.Box[dimension], code, d.IsNarrow));
        var parts = new List<Cell>();
        foreach (var part in _codes)
        {
            var piece = cell.Clone();
            piece.Box[dimension] = part;
            if (part != Boxes.Nothing && comparer.Layout.HasPackets(piece.Box))
            {
                parts.Add(piece);
            }
        }
        return parts;
    }
}
