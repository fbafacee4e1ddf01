namespace RuleCompiler.Linting.Ordering;

/// <summary>The ways of calls from a hook to a chain.</summary>
/// <param name="Known">Those that packets can take; those of the nearest callers come first.</param>
/// <param name="AreAll">Whether there is no other.</param>
internal sealed record Ways(IReadOnlyList<Way> Known, bool AreAll);
