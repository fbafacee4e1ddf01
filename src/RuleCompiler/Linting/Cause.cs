using RuleCompiler.Symbols;
using RuleCompiler.Text;

namespace RuleCompiler.Linting;

/// <summary>A rule, or a policy, that a finding rests on.</summary>
/// <param name="Chain">Its chain.</param>
/// <param name="RuleNumber">1-based in its chain; null for the chain's policy.</param>
/// <param name="Location">The rule's text, or the <c>:CHAIN</c> line.</param>
/// <param name="Label">What it does to the packets in question: <c>takes all TCP first</c>.</param>
public sealed record Cause(ChainSymbol Chain, int? RuleNumber, Location Location, string Label);
