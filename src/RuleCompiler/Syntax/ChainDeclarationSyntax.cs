namespace RuleCompiler.Syntax;

/// <summary>The line <c>:CHAIN POLICY [12:3400]</c>.</summary>
public sealed class ChainDeclarationSyntax : LineSyntax
{
    internal ChainDeclarationSyntax(SyntaxTree tree, int firstToken, int tokenCount, int lineNumber)
        : base(tree, firstToken, tokenCount, lineNumber)
    {
    }

    /// <summary>The chain's name.</summary>
    public SyntaxToken Name => Token(1);

    /// <summary>The policy; <c>-</c> for a user chain.</summary>
    public SyntaxToken Policy => Token(2);

    /// <summary>Packets and bytes of the policy, where the line has them.</summary>
    public SyntaxToken? Counters => TokenIf(3, SyntaxKind.Counters);
}
