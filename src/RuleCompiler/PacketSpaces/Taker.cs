using RuleCompiler.Netfilter;
using RuleCompiler.Symbols;

namespace RuleCompiler.PacketSpaces;

/// <summary>Who has decided about packets.</summary>
/// <param name="Chain">The chain.</param>
/// <param name="RuleNumber">1-based; 0 for the chain's policy.</param>
/// <param name="Hook">Where they were.</param>
internal readonly record struct Taker(ChainSymbol Chain, int RuleNumber, Hook Hook);
