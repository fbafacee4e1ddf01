using System.Collections.Immutable;
using RuleCompiler.DecisionTables;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>A long chain's own rows as boxes, calls not replaced: a walk asks it for the next row that a packet may match.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
internal sealed class RowFinder : IRowFinder
{
    private readonly ImmutableArray<Lane> _lanes;
    private readonly BoxSearch _search;

    private RowFinder(ImmutableArray<Lane> lanes, BoxSearch search) => (_lanes, _search) = (lanes, search);

    /// <summary>The finder of a chain.</summary>
    /// <returns>Null where no field tells its rows apart.</returns>
    public static RowFinder? Create(CompiledRuleset rules, DecisionTable table)
    {
        var lanes = LanePlan.Choose(rules, [table]);
        if (lanes.IsEmpty)
        {
            return null;
        }
        var rowBoxes = new RowBoxes(rules, lanes);
        var boxes = new BoxList(lanes.Length);
        for (var index = 0; index < table.Rows.Length; index++)
        {
            foreach (var box in rowBoxes.Restrict(rowBoxes.Everything, table.Rows[index]).Boxes)
            {
                boxes.Add(box, index, isFinal: false);
            }
        }
        return boxes.Count == 0 ? null : new RowFinder(lanes, BoxSearch.Create(boxes));
    }

    /// <inheritdoc/>
    public int Next(PacketState state, int from)
    {
        Span<uint> point = stackalloc uint[BoxTree.MaxLaneCount];
        for (var i = 0; i < _lanes.Length; i++)
        {
            if (_lanes[i].Encode(state) is not { } coordinate)
            {
                return from;
            }
            point[i] = coordinate;
        }
        return _search.FindFirst(point, from);
    }
}
