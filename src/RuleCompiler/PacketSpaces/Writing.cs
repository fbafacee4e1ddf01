using RuleCompiler.Symbols;

namespace RuleCompiler.PacketSpaces;

/// <summary>A rule that has changed packets on their way; a list, the latest first.</summary>
/// <param name="Chain">Its chain.</param>
/// <param name="RuleNumber">The rule.</param>
/// <param name="Caller">Where its chain came back to; null in a base chain.</param>
/// <param name="Changes">What had been changed behind it.</param>
/// <param name="Before">Those before it.</param>
internal sealed record Writing(ChainSymbol Chain, int RuleNumber, Frame? Caller, PacketChanges? Changes, Writing? Before);
