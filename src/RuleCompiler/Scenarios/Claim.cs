using System.Collections.Immutable;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>What is said of every packet of a space.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNever">Whether no packet satisfies all the conditions; else every packet does.</param>
/// <param name="Space">Where the space's expression stands.</param>
/// <param name="Conditions">At least one.</param>
internal sealed record Claim(Word Name, bool IsNever, TextSpan Space, ImmutableArray<Expectation> Conditions) : ScenarioItem(Name)
{
    public override string Kind => IsNever ? "never" : "always";
}
