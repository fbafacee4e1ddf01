namespace RuleCompiler.Evaluation.Classifier;

/// <summary>Finds the rows of a long chain that a walk has to look at.</summary>
/// <remarks>Safe to share between threads.</remarks>
internal interface IRowFinder
{
    /// <summary>Index of the first row, from one on, that the packet as it is now may match; that of no row where it matches none.</summary>
    int Next(PacketState state, int from);
}
