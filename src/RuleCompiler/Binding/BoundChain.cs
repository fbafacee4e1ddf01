using System.Collections.Immutable;
using RuleCompiler.Symbols;

namespace RuleCompiler.Binding;

/// <summary>A chain with its rules in order.</summary>
internal sealed record BoundChain(ChainSymbol Symbol, ImmutableArray<BoundRule> Rules);
