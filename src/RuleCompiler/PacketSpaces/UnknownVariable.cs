namespace RuleCompiler.PacketSpaces;

/// <summary>Something that a packet does not tell.</summary>
/// <param name="Name">The extension, or the field: what an assumption calls it.</param>
/// <param name="IsStateful">Whether it hangs on history, so that each passage is a choice of its own.</param>
internal readonly record struct UnknownVariable(string Name, bool IsStateful);
