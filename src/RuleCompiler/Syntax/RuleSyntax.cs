using System.Collections.Immutable;

namespace RuleCompiler.Syntax;

/// <summary>A command line: <c>[12:3400] -A INPUT -j DROP</c>, <c>iptables -t nat -N X</c>, <c>-P INPUT DROP</c>.</summary>
/// <remarks>Which command it gives is the binder's to say; here it is a list of arguments.</remarks>
public sealed class RuleSyntax : LineSyntax
{
    internal RuleSyntax(SyntaxTree tree, int firstToken, int tokenCount, int lineNumber)
        : base(tree, firstToken, tokenCount, lineNumber)
    {
    }

    /// <summary>Packets and bytes before the command, where the line has them.</summary>
    public SyntaxToken? Counters => TokenIf(0, SyntaxKind.Counters);

    /// <summary>The program, where the line names it.</summary>
    public SyntaxToken? Program => TokenIf(0, SyntaxKind.Program);

    /// <summary>Index of the first argument's token.</summary>
    public int FirstArgument => FirstToken + (HasPrefix ? 1 : 0);

    /// <summary>How many arguments there are, options and <c>!</c> included; at least one.</summary>
    public int ArgumentCount => TokenCount - (HasPrefix ? 1 : 0);

    /// <summary>
    /// The arguments by their shape alone: each option with what stands behind it. The options of iptables
    /// that take no value, or take one that begins with <c>-</c>, are the binder's to tell.
    /// </summary>
    public ImmutableArray<OptionSyntax> Options
    {
        get
        {
            var options = ImmutableArray.CreateBuilder<OptionSyntax>();
            var end = FirstToken + TokenCount;
            for (var index = FirstArgument; index < end;)
            {
                var option = OptionSyntax.Read(Tree, index, end);
                options.Add(option);
                index += option.TokenCount;
            }
            return options.DrainToImmutable();
        }
    }

    private bool HasPrefix => Tree.Tokens.GetKind(FirstToken)
        is SyntaxKind.Counters or SyntaxKind.Program or SyntaxKind.SkippedText;
}
