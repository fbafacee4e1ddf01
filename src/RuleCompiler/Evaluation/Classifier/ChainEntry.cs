using RuleCompiler.DecisionTables;

namespace RuleCompiler.Evaluation.Classifier;

/// <summary>One thing that may be done with a packet: a row of the chain, or of a chain that it calls.</summary>
/// <param name="Table">The chain that holds the row.</param>
/// <param name="RowIndex">The row's index; <see cref="EndOfGoto"/> for the end of a chain that was gone to.</param>
/// <param name="IsExact">Whether the row matches every packet whose point is in the entry's boxes; else it is to be asked.</param>
/// <param name="Resume">The entry at which a packet goes on that returns here: behind the call, or behind the last one.</param>
internal readonly record struct ChainEntry(DecisionTable Table, int RowIndex, bool IsExact, int Resume)
{
    /// <summary>No row: a packet that comes to the end of a chain gone to returns from the chain that went there.</summary>
    public const int EndOfGoto = -1;

    /// <summary>Whether the packet goes on at <see cref="Resume"/> here, whatever it meets.</summary>
    public bool IsReturn => RowIndex == EndOfGoto || Table.Rows[RowIndex].Kind == ActionKind.Return;
}
