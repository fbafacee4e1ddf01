namespace RuleCompiler.Syntax;

/// <summary>A line that is no part of a dump, or one of a table that cannot be read.</summary>
public sealed class SkippedLineSyntax : LineSyntax
{
    internal SkippedLineSyntax(SyntaxTree tree, int firstToken, int tokenCount, int lineNumber, bool isError)
        : base(tree, firstToken, tokenCount, lineNumber) => IsError = isError;

    /// <summary>Whether the line was reported as an error; else it is text outside all tables.</summary>
    public bool IsError { get; }
}
