using RuleCompiler.Text;

namespace RuleCompiler.Syntax;

/// <summary>One line that holds tokens. Blank lines and comments are trivia of the next token.</summary>
public abstract class LineSyntax
{
    private protected LineSyntax(SyntaxTree tree, int firstToken, int tokenCount, int lineNumber)
    {
        Tree = tree;
        FirstToken = firstToken;
        TokenCount = tokenCount;
        LineNumber = lineNumber;
    }

    /// <summary>The tree it belongs to.</summary>
    public SyntaxTree Tree { get; }

    /// <summary>Index of its first token.</summary>
    public int FirstToken { get; }

    /// <summary>How many tokens it has; at least one.</summary>
    public int TokenCount { get; }

    /// <summary>Its line in the input, 1-based.</summary>
    public int LineNumber { get; }

    /// <summary>From its first token to its last.</summary>
    public TextSpan Span => TextSpan.FromBounds(
        Tree.Tokens.GetSpan(FirstToken).Start,
        Tree.Tokens.GetSpan(FirstToken + TokenCount - 1).End);

    /// <summary>Where it stands, for diagnostics.</summary>
    public Location Location => new(Tree.Text, Span);

    /// <summary>The line's text for display, without leading trivia.</summary>
    public override string ToString() => Tree.Text.ToString(Span);

    private protected SyntaxToken Token(int place) => new(Tree, FirstToken + place);

    private protected SyntaxToken? TokenIf(int place, SyntaxKind kind) =>
        place < TokenCount && Tree.Tokens.GetKind(FirstToken + place) == kind ? Token(place) : null;
}
