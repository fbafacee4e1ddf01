using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>What was read of some consecutive lines; token indices count from the block's first token.</summary>
internal sealed record Block(
    TokenBuffer Tokens,
    List<ParsedLine> Lines,
    List<Diagnostic> Diagnostics,
    List<TextSpan> ToolWarnings);
