using System.Diagnostics;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>A line that holds tokens, before its tree exists.</summary>
internal readonly record struct ParsedLine(LineKind Kind, int FirstToken, int TokenCount, int LineNumber)
{
    public LineSyntax ToSyntax(SyntaxTree tree) => Kind switch
    {
        LineKind.Command => new RuleSyntax(tree, FirstToken, TokenCount, LineNumber),
        LineKind.ChainDeclaration => new ChainDeclarationSyntax(tree, FirstToken, TokenCount, LineNumber),
        LineKind.TableHeader => new TableHeaderSyntax(tree, FirstToken, TokenCount, LineNumber),
        LineKind.Commit => new CommitSyntax(tree, FirstToken, TokenCount, LineNumber),
        LineKind.Unreadable => new SkippedLineSyntax(tree, FirstToken, TokenCount, LineNumber, isError: true),
        LineKind.Outside => new SkippedLineSyntax(tree, FirstToken, TokenCount, LineNumber, isError: false),
        _ => throw new UnreachableException($"line kind {Kind}"),
    };
}
