using System.Collections.Immutable;
using RuleCompiler.Packets.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Scenarios;

/// <summary>A condition as it is written, its words not yet understood.</summary>
/// <param name="IsNegated">Whether <c>not</c> stands before it.</param>
/// <param name="Keyword"><c>verdict</c>, <c>hits</c>, <c>redirect</c> and the like.</param>
/// <param name="Words">The words behind it.</param>
/// <param name="Span">The whole of it.</param>
internal sealed record ConditionSyntax(bool IsNegated, Word Keyword, ImmutableArray<Word> Words, TextSpan Span);
