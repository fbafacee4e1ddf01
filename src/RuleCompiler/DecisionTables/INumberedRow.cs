namespace RuleCompiler.DecisionTables;

/// <summary>A row of a chain's list, which is in the order of its rules.</summary>
internal interface INumberedRow
{
    /// <summary>1-based in its chain.</summary>
    int RuleNumber { get; }
}
