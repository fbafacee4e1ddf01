using System.Collections.Immutable;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>A chain of one table.</summary>
/// <param name="Table">Its table.</param>
/// <param name="Name">Its name.</param>
/// <param name="Hook">The hook of a base chain; null for a user's.</param>
/// <param name="PolicyDrops">For a base chain.</param>
/// <param name="Rules">Its rules in order.</param>
internal sealed record SmallChain(
    TableKind Table, string Name, Hook? Hook, bool PolicyDrops, ImmutableArray<SmallRule> Rules)
{
    /// <summary><c>table:CHAIN</c>.</summary>
    public string Place => $"{Table.Name()}:{Name}";
}
