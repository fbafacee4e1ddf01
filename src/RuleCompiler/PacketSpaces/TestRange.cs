namespace RuleCompiler.PacketSpaces;

/// <summary>The tests of one row, which make a box.</summary>
/// <param name="First">Index of the first in <see cref="SpaceRuleset.Tests"/>.</param>
/// <param name="Count">How many.</param>
internal readonly record struct TestRange(int First, int Count);
