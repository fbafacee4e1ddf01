using System.Collections.Immutable;
using RuleCompiler.Packets;
using RuleCompiler.Packets.Parsing;

namespace RuleCompiler.Scenarios;

/// <summary>What is said of every packet of a space.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsNever">Whether no packet satisfies all the conditions; else every packet does.</param>
/// <param name="Space">The packets; null after an error.</param>
/// <param name="Conditions">At least one.</param>
internal sealed record Claim(Word Name, bool IsNever, SpaceExpression? Space, ImmutableArray<Expectation> Conditions) : ScenarioItem(Name)
{
    public override string Kind => IsNever ? "never" : "always";
}
