using System.Collections.Immutable;
using System.Runtime.InteropServices;
using RuleCompiler.Diagnostics;
using RuleCompiler.Syntax.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax;

/// <summary>What a text consists of: tables, lines, tokens, and the trivia between them. Nothing of the text is lost.</summary>
/// <remarks>Immutable, safe for any number of threads. Any bytes have a tree; what is wrong with them is in <see cref="Diagnostics"/>.</remarks>
public sealed class SyntaxTree
{
    private SyntaxTree(SourceText text, ParsedDump dump)
    {
        Text = text;
        Tokens = dump.Tokens;
        Diagnostics = dump.Diagnostics;
        ToolWarnings = [.. dump.ToolWarnings.Select(WithoutLineBreak)];
        var lines = new LineSyntax[dump.Lines.Length];
        for (var index = 0; index < lines.Length; index++)
        {
            lines[index] = dump.Lines[index].ToSyntax(this);
        }
        Lines = ImmutableCollectionsMarshal.AsImmutableArray(lines);
        Tables = TableGrouping.Group(this);
    }

    /// <summary>The text it was read from.</summary>
    public SourceText Text { get; }

    /// <summary>What is wrong with the text, in order of place.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The tables, and the runs of command lines outside all tables, in order of place.</summary>
    public ImmutableArray<TableSyntax> Tables { get; }

    /// <summary>All lines that hold tokens, in order of place.</summary>
    public ImmutableArray<LineSyntax> Lines { get; }

    internal TokenTable Tokens { get; }

    /// <summary>Where the tools warn, as comments or in the middle of a line, that part of the rules is not in the dump.</summary>
    internal ImmutableArray<TextSpan> ToolWarnings { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="text">Any bytes.</param>
    /// <param name="cancellationToken">Ends the work early.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static SyntaxTree Parse(SourceText text, CancellationToken cancellationToken = default) =>
        new(text, DumpParser.Parse(text, DumpParser.DefaultBlockBytes, Environment.ProcessorCount, cancellationToken));

    /// <summary>The tokens, the end of the file included, in order of place.</summary>
    public IEnumerable<SyntaxToken> EnumerateTokens()
    {
        for (var index = 0; index < Tokens.Count; index++)
        {
            yield return new SyntaxToken(this, index);
        }
    }

    /// <summary>The bytes of all tokens with their trivia: those of <see cref="Text"/>.</summary>
    public byte[] ToFullBytes()
    {
        var bytes = new List<byte>(Text.Length);
        foreach (var token in EnumerateTokens())
        {
            bytes.AddRange(Text.GetBytes(token.FullSpan));
        }
        return [.. bytes];
    }

    /// <summary>The line with a 1-based number; null where it holds no tokens.</summary>
    internal LineSyntax? FindLine(int lineNumber)
    {
        var low = 0;
        var high = Lines.Length - 1;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Lines[middle].LineNumber < lineNumber ? (middle + 1, high) : (low, middle);
        }
        return low < Lines.Length && Lines[low].LineNumber == lineNumber ? Lines[low] : null;
    }

    internal LineSyntax? GetLineOfToken(int token)
    {
        var low = 0;
        var high = Lines.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var line = Lines[middle];
            if (token < line.FirstToken)
            {
                high = middle - 1;
            }
            else if (token >= line.FirstToken + line.TokenCount)
            {
                low = middle + 1;
            }
            else
            {
                return line;
            }
        }
        return null;
    }

    private TextSpan WithoutLineBreak(TextSpan warning)
    {
        var line = TextSpan.FromBounds(warning.Start, Text.GetLineSpan(Text.GetLineIndex(warning.Start)).End);
        return new TextSpan(line.Start, Text.GetBytes(line).TrimEnd(" \t\r"u8).Length);
    }
}
