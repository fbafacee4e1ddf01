namespace RuleCompiler.Syntax;

/// <summary>The line <c>*TABLE</c>.</summary>
public sealed class TableHeaderSyntax : LineSyntax
{
    internal TableHeaderSyntax(SyntaxTree tree, int firstToken, int tokenCount, int lineNumber)
        : base(tree, firstToken, tokenCount, lineNumber)
    {
    }

    /// <summary>The table's name.</summary>
    public SyntaxToken Name => Token(1);
}
