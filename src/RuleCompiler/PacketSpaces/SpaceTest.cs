namespace RuleCompiler.PacketSpaces;

/// <summary>A constraint on one dimension.</summary>
/// <param name="Dimension">Its place in the layout.</param>
/// <param name="Code">The classes allowed (<see cref="PacketSpaces.Dimension"/>).</param>
internal readonly record struct SpaceTest(int Dimension, ulong Code);
