using RuleCompiler.Symbols;

namespace RuleCompiler.PacketSpaces;

/// <summary>The value of an unknown on a path; a list, the latest first.</summary>
/// <param name="Variable">Which (<see cref="UnknownTable"/>).</param>
/// <param name="Value">1 it holds, 0 it does not; of a target not known: 0 goes on, 1 accepts, 2 drops.</param>
/// <param name="IsWanted">Whether the rule that asked matches where it holds, rather than where it does not.</param>
/// <param name="Chain">Chain of the rule that asked.</param>
/// <param name="RuleNumber">The rule that asked.</param>
/// <param name="Before">Those assumed before it.</param>
internal sealed record Assumed(int Variable, int Value, bool IsWanted, ChainSymbol Chain, int RuleNumber, Assumed? Before);
