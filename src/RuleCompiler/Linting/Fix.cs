using System.Collections.Immutable;
using RuleCompiler.Text;

namespace RuleCompiler.Linting;

/// <summary>An edit of the dump that makes a finding go away.</summary>
/// <param name="Title">What it does, in the imperative: <c>remove this rule</c>.</param>
/// <param name="Changes">The edits, in order of place, disjoint; empty where a person has to choose how.</param>
/// <param name="KeepsBehaviour">
/// Whether no packet's outcome changes, so that <c>--fix</c> may try it; it still proves the edited dump equivalent first.
/// </param>
public sealed record Fix(string Title, ImmutableArray<TextChange> Changes, bool KeepsBehaviour);
