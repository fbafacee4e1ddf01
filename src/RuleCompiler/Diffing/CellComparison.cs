using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Carries boxes through both dumps and finds the packets that end otherwise. Exact; its cost is that of every way.</summary>
/// <param name="before">The old dump.</param>
/// <param name="after">The new dump.</param>
/// <param name="comparer">What counts as the same.</param>
internal sealed class CellComparison(JourneyWalker before, JourneyWalker after, OutcomeComparer comparer)
{
    private readonly List<ulong> _codes = [];

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
                foreach (var pair in Differing(old, other))
                {
                    yield return pair;
                }
            }
        }
    }

    private IEnumerable<CellPair> Differing(Cell old, Cell other)
    {
        switch (comparer.Compare(old, other))
        {
            case OutcomeComparison.Same:
                return [];
            case OutcomeComparison.Mixed when comparer.FindCut(old, other) is var (dimension, code):
                return Cut(other, dimension, code).SelectMany(part => Differing(old, part));
            default:
                return [new CellPair(other.Box, old, other)];
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
            parts.Add(piece);
        }
        return parts;
    }
}
