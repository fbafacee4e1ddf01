using System.Collections.Immutable;
using RuleCompiler.Syntax.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax;

/// <summary>A view of one token: the tree and the token's index in it.</summary>
/// <param name="Tree">The tree it belongs to.</param>
/// <param name="Index">0-based, in order of place.</param>
public readonly record struct SyntaxToken(SyntaxTree Tree, int Index)
{
    /// <summary>What it is.</summary>
    public SyntaxKind Kind => Tree.Tokens.GetKind(Index);

    /// <summary>Its bytes, without trivia.</summary>
    public TextSpan Span => Tree.Tokens.GetSpan(Index);

    /// <summary>Its bytes with the trivia before it; the full spans of all tokens are the whole text, without gaps.</summary>
    public TextSpan FullSpan => Tree.Tokens.GetFullSpan(Index);

    /// <summary>The token as it stands in the text, quotes included.</summary>
    public string Text => Tree.Text.ToString(Span);

    /// <summary>The argument as iptables reads it: quotes and backslashes resolved.</summary>
    public string Value => Tree.Tokens.GetText(Index);

    /// <summary>Blanks, line breaks and comments between the token before and this one.</summary>
    public ImmutableArray<SyntaxTrivia> LeadingTrivia =>
        TriviaReader.Read(Tree, TextSpan.FromBounds(FullSpan.Start, Span.Start));

    /// <summary>The line it belongs to; null for the end of the file.</summary>
    public LineSyntax? Parent => Tree.GetLineOfToken(Index);

    /// <summary>Where it stands, for diagnostics.</summary>
    public Location Location => new(Tree.Text, Span);
}
