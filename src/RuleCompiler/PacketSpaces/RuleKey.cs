namespace RuleCompiler.PacketSpaces;

/// <summary>A rule by its place.</summary>
/// <param name="Chain">Index of its chain.</param>
/// <param name="Rule">1-based in its chain.</param>
internal readonly record struct RuleKey(int Chain, int Rule);
