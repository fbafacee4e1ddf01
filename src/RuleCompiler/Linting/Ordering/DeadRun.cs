using System.Collections.Immutable;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Rules behind one that takes every packet.</summary>
/// <param name="Chain">Their chain.</param>
/// <param name="CatchAll">Number of the rule that takes every packet.</param>
/// <param name="Rules">Numbers of those behind it that say something of packets, at least two.</param>
internal sealed record DeadRun(ChainSymbol Chain, int CatchAll, ImmutableArray<int> Rules);
