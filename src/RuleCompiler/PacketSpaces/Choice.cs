using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>What a value that rules do not tell is one of.</summary>
/// <param name="Kind">What makes the choice.</param>
/// <param name="Values">The values to choose from.</param>
internal readonly record struct Choice(ChoiceKind Kind, Interval Values);
