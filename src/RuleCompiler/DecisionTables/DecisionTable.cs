using RuleCompiler.Symbols;

namespace RuleCompiler.DecisionTables;

/// <summary>A chain, lowered: its rows in order. First match decides; behind the last row comes the caller, or the policy.</summary>
/// <param name="Chain">The chain; its index is this table's.</param>
/// <param name="Rows">Rows of rules that can match; a rule that never can has none.</param>
internal sealed record DecisionTable(ChainSymbol Chain, Row[] Rows)
{
    /// <summary>The row of a rule; null for a rule that can never match.</summary>
    public Row? FindRow(int ruleNumber) =>
        IndexFrom(ruleNumber) is var index && index < Rows.Length && Rows[index].RuleNumber == ruleNumber ? Rows[index] : null;

    /// <summary>Index of the first row of a rule or of one behind it; the number of rows where there is none.</summary>
    public int IndexFrom(int ruleNumber) => NumberedRows.IndexFrom(Rows, ruleNumber);
}
