using RuleCompiler.Text;

namespace RuleCompiler.Syntax;

/// <summary>A piece of text between two tokens.</summary>
/// <param name="Tree">The tree it belongs to.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Its bytes.</param>
public readonly record struct SyntaxTrivia(SyntaxTree Tree, SyntaxTriviaKind Kind, TextSpan Span)
{
    /// <summary>The text for display.</summary>
    public string Text => Tree.Text.ToString(Span);
}
