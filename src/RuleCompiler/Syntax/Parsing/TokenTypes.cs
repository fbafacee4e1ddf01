using System.Diagnostics;
using RuleCompiler.Grammar;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>The grammar's token types and what the tree calls them.</summary>
internal static class TokenTypes
{
    /// <summary>A whole line that the grammar does not read: text outside all tables, or a line too long.</summary>
    public const int SkippedText = byte.MaxValue;

    public static SyntaxKind ToSyntaxKind(int type) => type switch
    {
        IptablesSaveLexer.OPTION => SyntaxKind.Option,
        IptablesSaveLexer.ARGUMENT or IptablesSaveLexer.UNCLOSED_ARGUMENT => SyntaxKind.Argument,
        IptablesSaveLexer.BANG => SyntaxKind.Bang,
        IptablesSaveLexer.COUNTERS => SyntaxKind.Counters,
        IptablesSaveLexer.COLON => SyntaxKind.Colon,
        IptablesSaveLexer.CHAIN_NAME => SyntaxKind.ChainName,
        IptablesSaveLexer.POLICY => SyntaxKind.Policy,
        IptablesSaveLexer.ASTERISK => SyntaxKind.Asterisk,
        IptablesSaveLexer.TABLE_NAME => SyntaxKind.TableName,
        IptablesSaveLexer.COMMIT => SyntaxKind.CommitKeyword,
        IptablesSaveLexer.PROGRAM => SyntaxKind.Program,
        IptablesSaveLexer.BAD_COUNTERS or IptablesSaveLexer.UNCLOSED_COUNTERS or IptablesSaveLexer.IGNORED_WORD
            or IptablesSaveLexer.INDENTED_COMMENT or SkippedText => SyntaxKind.SkippedText,
        _ => throw new UnreachableException($"token type {type}"),
    };
}
