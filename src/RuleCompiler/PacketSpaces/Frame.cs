namespace RuleCompiler.PacketSpaces;

/// <summary>Where a called chain comes back to.</summary>
/// <param name="Chain">The calling chain.</param>
/// <param name="Rows">Its rows that the packets may meet; null for all.</param>
/// <param name="Next">Index of the next one, into <paramref name="Rows"/> where there is such a list.</param>
/// <param name="Changes">What had become of the packets when it called.</param>
/// <param name="Tracking">What conntrack had made of them then.</param>
/// <param name="Caller">Where the calling chain comes back to; null for a base chain.</param>
internal sealed record Frame(SpaceChain Chain, int[]? Rows, int Next, PacketChanges? Changes, TrackingPhase Tracking, Frame? Caller)
{
    /// <summary>The rule that called.</summary>
    public int RuleNumber => Chain.Rows[Rows?[Next - 1] ?? Next - 1].RuleNumber;
}
