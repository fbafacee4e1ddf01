namespace RuleCompiler.PacketSpaces;

/// <summary>An unknown that a rule asks for.</summary>
/// <param name="Variable">Which: index into <see cref="UnknownTable"/>.</param>
/// <param name="IsWanted">What it must be for the rule to match.</param>
internal readonly record struct SpaceUnknown(int Variable, bool IsWanted);
