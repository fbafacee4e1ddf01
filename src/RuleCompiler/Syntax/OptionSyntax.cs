using System.Collections.Immutable;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax;

/// <summary>A view of an option and what stands behind it, up to the next option or its <c>!</c>.</summary>
public readonly record struct OptionSyntax
{
    private readonly int _firstToken;
    private readonly bool _isNegated;

    private OptionSyntax(SyntaxTree tree, int firstToken, bool isNegated, int tokenCount)
    {
        Tree = tree;
        _firstToken = firstToken;
        _isNegated = isNegated;
        TokenCount = tokenCount;
    }

    /// <summary>The tree it belongs to.</summary>
    public SyntaxTree Tree { get; }

    /// <summary>How many tokens it has, the negation included.</summary>
    public int TokenCount { get; }

    /// <summary>The <c>!</c> before the option.</summary>
    public SyntaxToken? Negation => _isNegated ? new SyntaxToken(Tree, _firstToken) : null;

    /// <summary>The option itself.</summary>
    public SyntaxToken Option => new(Tree, OptionIndex);

    /// <summary>The arguments behind it; a <c>!</c> that negates no option is one of them.</summary>
    public ImmutableArray<SyntaxToken> Values
    {
        get
        {
            var values = ImmutableArray.CreateBuilder<SyntaxToken>(TokenCount);
            for (var index = OptionIndex + 1; index < _firstToken + TokenCount; index++)
            {
                values.Add(new SyntaxToken(Tree, index));
            }
            return values.DrainToImmutable();
        }
    }

    /// <summary>From its first token to its last.</summary>
    public TextSpan Span => TextSpan.FromBounds(
        Tree.Tokens.GetSpan(_firstToken).Start,
        Tree.Tokens.GetSpan(_firstToken + TokenCount - 1).End);

    private int OptionIndex => _firstToken + (_isNegated ? 1 : 0);

    internal static OptionSyntax Read(SyntaxTree tree, int firstToken, int end)
    {
        var isNegated = tree.Tokens.GetKind(firstToken) == SyntaxKind.Bang;
        var next = firstToken + (isNegated ? 2 : 1);
        while (next < end && !Begins(tree, next, end))
        {
            next++;
        }
        return new OptionSyntax(tree, firstToken, isNegated, next - firstToken);
    }

    private static bool Begins(SyntaxTree tree, int index, int end) => tree.Tokens.GetKind(index) switch
    {
        SyntaxKind.Option => true,
        SyntaxKind.Bang => index + 1 < end && tree.Tokens.GetKind(index + 1) == SyntaxKind.Option,
        _ => false,
    };
}
