using System.Collections.Immutable;
using RuleCompiler.Packets;
using RuleCompiler.PacketSpaces;

namespace RuleCompiler.Diffing;

/// <summary>Tells packets with a new address from those that have one written over itself.</summary>
/// <param name="comparer">Compares the two.</param>
/// <param name="fields">The addresses and ports that count.</param>
internal sealed class RewriteSplitter(OutcomeComparer comparer, ImmutableArray<PacketField> fields)
{
    /// <summary>Whether any of the fields of a part that <see cref="Split"/> gave has changed.</summary>
    public bool IsChanged(Cell part) => Untouched(part) is { } untouched && comparer.Compare(untouched, part) != OutcomeComparison.Same;

    /// <summary>Parts in which every packet has one of the fields changed, or none has.</summary>
    public IEnumerable<Cell> Split(Cell cell)
    {
        var untouched = Untouched(cell);
        if (untouched is null || comparer.Compare(untouched, cell) != OutcomeComparison.Mixed
            || comparer.FindCut(untouched, cell) is not var (dimension, code))
        {
            return [cell];
        }
        var codes = new List<ulong>();
        var d = comparer.Layout.Dimensions[dimension];
        d.AddDifference(cell.Box[dimension], code, codes);
        codes.Add(Boxes.Meet(cell.Box[dimension], code, d.IsNarrow));
        return codes.SelectMany(rest =>
        {
            var part = cell.Clone();
            part.Box[dimension] = rest;
            return Split(part);
        });
    }

    /// <summary>The cell as it would be without changes of the fields; null where it has none.</summary>
    private Cell? Untouched(Cell cell)
    {
        if (cell.Changes is not { } changes)
        {
            return null;
        }
        var isChanged = false;
        foreach (var field in fields)
        {
            var dimension = comparer.Layout[field].Index;
            isChanged |= changes[dimension] is not null;
            changes = changes[dimension] is null ? changes : changes.With(dimension, null);
        }
        if (!isChanged)
        {
            return null;
        }
        var other = cell.Clone();
        other.Changes = changes;
        return other;
    }
}
