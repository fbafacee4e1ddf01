using RuleCompiler.DecisionTables;
using RuleCompiler.Symbols;

namespace RuleCompiler.PacketSpaces;

/// <summary>A chain as a list of boxes, in order.</summary>
/// <param name="symbol">The chain.</param>
/// <param name="rows">Its rows; a rule of several boxes has several, next to each other.</param>
internal sealed class SpaceChain(ChainSymbol symbol, SpaceRow[] rows)
{
    private Lazy<RowTree>? _tree;

    public ChainSymbol Symbol { get; } = symbol;

    public SpaceRow[] Rows { get; } = rows;

    /// <summary>Finds the rows that a box meets; null for a short chain, whose rows are simply tried.</summary>
    public RowTree? Tree => _tree?.Value;

    /// <summary>Has the chain's tree built when it is first asked for.</summary>
    public void IndexBy(Func<RowTree> build) => _tree = new Lazy<RowTree>(build);

    /// <summary>Index of the first row of a rule; -1 for a rule that can never match.</summary>
    public int FindRule(int ruleNumber) =>
        IndexFrom(ruleNumber) is var index && index < Rows.Length && Rows[index].RuleNumber == ruleNumber ? index : -1;

    /// <summary>Index of the first row of a rule or of one behind it; the number of rows where there is none.</summary>
    public int IndexFrom(int ruleNumber) => NumberedRows.IndexFrom(Rows, ruleNumber);

    /// <summary>Number of a rule's rows.</summary>
    public int RowCountOf(int ruleNumber) => FindRule(ruleNumber) is >= 0 and var first ? Rows[first].NextRule - first : 0;
}
