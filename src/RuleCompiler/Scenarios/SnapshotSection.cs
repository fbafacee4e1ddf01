namespace RuleCompiler.Scenarios;

/// <summary>One packet's, or flow's, part of a snapshot.</summary>
/// <param name="Text">Its lines, each with LF at its end.</param>
/// <param name="Decision">Which rule decides, with its text; for the reader of a mismatch.</param>
internal sealed record SnapshotSection(string Text, string Decision);
