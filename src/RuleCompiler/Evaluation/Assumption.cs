namespace RuleCompiler.Evaluation;

/// <summary>The outcome chosen for something that a packet does not tell.</summary>
/// <param name="Name">The extension, or the field: <c>limit</c>, <c>length</c>.</param>
/// <param name="Place">The rule that first asked, as <c>table:CHAIN:RULE</c>.</param>
/// <param name="Holds">Whether it was taken to match.</param>
public sealed record Assumption(string Name, string Place, bool Holds)
{
    /// <summary><c>limit at filter:INPUT:4 matches</c>, or <c>... does not match</c>.</summary>
    public override string ToString() => $"{Name} at {Place} {(Holds ? "matches" : "does not match")}";
}
