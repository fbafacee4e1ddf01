namespace RuleCompiler.Linting.Fixing;

/// <summary>Proves that two dumps do the same to every packet, logs included, whatever a packet does not tell.</summary>
/// <param name="before">A dump without errors.</param>
/// <param name="after">A dump without errors.</param>
/// <param name="cancellation">Ends the work early.</param>
/// <returns>False where they differ, and where that could not be settled.</returns>
internal delegate bool EquivalenceProof(Compilation before, Compilation after, CancellationToken cancellation);
