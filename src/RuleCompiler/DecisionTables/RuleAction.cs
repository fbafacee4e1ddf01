namespace RuleCompiler.DecisionTables;

/// <summary>What a rule does: where it sends the packet, and what it changes.</summary>
/// <param name="Kind">The control flow.</param>
/// <param name="Target">The target or chain as the dump names it; null for a rule without <c>-j</c>.</param>
/// <param name="Effect">What it changes or reports; null for nothing.</param>
internal sealed record RuleAction(ActionKind Kind, string? Target, Effect? Effect = null)
{
    /// <summary>The action of a rule without target: it only counts.</summary>
    public static RuleAction CountOnly { get; } = new(ActionKind.Continue, null);
}
