namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>An option of a match.</summary>
/// <param name="IsNegated">Whether an exclamation mark stands before it.</param>
/// <param name="Name">With its dashes.</param>
/// <param name="Value">Its values; empty for none.</param>
internal sealed record SmallOption(bool IsNegated, string Name, string Value)
{
    public override string ToString() => $"{(IsNegated ? "! " : "")}{Name}{(Value.Length > 0 ? $" {Value}" : "")}";
}
