using RuleCompiler.DecisionTables;
using RuleCompiler.Evaluation;
using RuleCompiler.Evaluation.Classifier;

namespace RuleCompiler.PacketSpaces;

/// <summary>Finds rows for a walk by the tree that a chain's boxes have anyway.</summary>
internal sealed class SpaceRowFinder : IRowFinder
{
    private readonly SpaceRuleset _rules;
    private readonly SpaceChain _chain;
    private readonly RowTree _tree;
    private readonly DecisionTable _table;

    private SpaceRowFinder(SpaceRuleset rules, SpaceChain chain, RowTree tree, DecisionTable table) =>
        (_rules, _chain, _tree, _table) = (rules, chain, tree, table);

    /// <summary>The finder of a chain; null for one that has no tree.</summary>
    public static SpaceRowFinder? Create(SpaceRuleset rules, DecisionTable table) =>
        rules.Chains[table.Chain.Index] is { Tree: { } tree } chain ? new SpaceRowFinder(rules, chain, tree, table) : null;

    /// <inheritdoc/>
    public int Next(PacketState state, int from)
    {
        if (from >= _table.Rows.Length)
        {
            return from;
        }
        var layout = _rules.Layout;
        Span<ulong> box = stackalloc ulong[layout.Count];
        layout.Full.CopyTo(box);
        for (var d = layout.NarrowCount; d < box.Length; d++)
        {
            var dimension = layout.Dimensions[d];
            box[d] = state.Ask(dimension.Field) switch
            {
                FieldStatus.Present => dimension.CodeOf(dimension.ClassOf(state.Value(dimension.Field))),
                FieldStatus.Absent when dimension.AbsentClass >= 0 => dimension.Absent,
                _ => dimension.Full,
            };
        }
        var next = _tree.NextAt(box, _chain.IndexFrom(_table.Rows[from].RuleNumber), _rules, _chain);
        return next >= _chain.Rows.Length ? _table.Rows.Length : _table.IndexFrom(_chain.Rows[next].RuleNumber);
    }
}
