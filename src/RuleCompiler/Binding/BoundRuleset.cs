using System.Collections.Immutable;
using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;
using RuleCompiler.Syntax;

namespace RuleCompiler.Binding;

/// <summary>All tables of one family of a dump, names resolved.</summary>
/// <param name="Tree">The tree it was bound from.</param>
/// <param name="Family">The family.</param>
/// <param name="Flavour">The flavour.</param>
/// <param name="TableSymbols">The tables declared, in the dump's order.</param>
/// <param name="Chains">All chains, by <see cref="ChainSymbol.Index"/>.</param>
internal sealed record BoundRuleset(
    SyntaxTree Tree,
    Family Family,
    Flavour Flavour,
    ImmutableArray<TableSymbol> TableSymbols,
    ImmutableArray<BoundChain> Chains)
{
    /// <summary>Which tables are declared, in the dump's order.</summary>
    public ImmutableArray<TableKind> Tables { get; } = [.. TableSymbols.Select(table => table.Kind)];
}
