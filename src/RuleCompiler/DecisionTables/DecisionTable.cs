using RuleCompiler.Symbols;

namespace RuleCompiler.DecisionTables;

/// <summary>A chain, lowered: its rows in order. First match decides; behind the last row comes the caller, or the policy.</summary>
/// <param name="Chain">The chain; its index is this table's.</param>
/// <param name="Rows">Rows of rules that can match; a rule that never can has none.</param>
internal sealed record DecisionTable(ChainSymbol Chain, Row[] Rows);
