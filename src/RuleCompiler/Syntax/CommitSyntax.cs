namespace RuleCompiler.Syntax;

/// <summary>The line <c>COMMIT</c>, which ends a table.</summary>
public sealed class CommitSyntax : LineSyntax
{
    internal CommitSyntax(SyntaxTree tree, int firstToken, int tokenCount, int lineNumber)
        : base(tree, firstToken, tokenCount, lineNumber)
    {
    }
}
