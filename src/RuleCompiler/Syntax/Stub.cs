using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax;

/// <summary>Placeholder until the parser lands.</summary>
public sealed class SyntaxTree(SourceText text)
{
    /// <summary>Text.</summary>
    public SourceText Text { get; } = text;

    /// <summary>Diagnostics.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; } = [];

    internal TokenTable Tokens => throw new NotSupportedException();
}

internal sealed class TokenTable
{
    public TextSpan GetSpan(int token) => throw new NotSupportedException(token.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public ReadOnlySpan<byte> GetValue(int token) => throw new NotSupportedException(token.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
