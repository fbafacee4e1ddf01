namespace RuleCompiler.Fuzz;

/// <summary>What inputs are made of: a table of a real dump, or a run of lines that belongs to none.</summary>
/// <param name="Head">The table's line and the chains it declares; none outside tables.</param>
/// <param name="Rules">The lines behind them.</param>
internal sealed record SeedSection(IReadOnlyList<byte[]> Head, IReadOnlyList<byte[]> Rules);
