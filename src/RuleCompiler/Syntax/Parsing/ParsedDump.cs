using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>What was read of a whole text.</summary>
internal sealed record ParsedDump(
    TokenTable Tokens,
    ParsedLine[] Lines,
    ImmutableArray<Diagnostic> Diagnostics,
    ImmutableArray<TextSpan> ToolWarnings);
