using RuleCompiler.Packets;

namespace RuleCompiler.PacketSpaces;

/// <summary>Something that a packet does not tell.</summary>
/// <param name="Key">What makes two unknowns one.</param>
/// <param name="Name">The extension, or the field: what an assumption calls it.</param>
/// <param name="IsStateful">Whether it hangs on history, so that each passage is a choice of its own.</param>
/// <param name="IsAction">Whether it is what a target does that is not known, rather than whether a match holds.</param>
/// <param name="Condition">What holds where it does; null where no rule says it.</param>
internal readonly record struct UnknownVariable(string Key, string Name, bool IsStateful, bool IsAction, Condition? Condition);
