using System.Collections.Immutable;
using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>Cuts the gap before a token into trivia.</summary>
internal static class TriviaReader
{
    public static ImmutableArray<SyntaxTrivia> Read(SyntaxTree tree, TextSpan gap)
    {
        var bytes = tree.Text.Bytes;
        var trivia = ImmutableArray.CreateBuilder<SyntaxTrivia>();
        for (var start = gap.Start; start < gap.End;)
        {
            var rest = bytes[start..gap.End];
            var (kind, length) = First(rest, start == 0 || bytes[start - 1] == (byte)'\n');
            trivia.Add(new SyntaxTrivia(tree, kind, new TextSpan(start, length)));
            start += length;
        }
        return trivia.DrainToImmutable();
    }

    private static (SyntaxTriviaKind Kind, int Length) First(ReadOnlySpan<byte> rest, bool isLineStart)
    {
        if (rest[0] == (byte)'\n')
        {
            return (SyntaxTriviaKind.LineBreak, 1);
        }
        if (LineScanner.IsBlank(rest[0]))
        {
            return (SyntaxTriviaKind.Blanks, LengthOrAll(rest.IndexOfAnyExcept(" \t\r"u8), rest));
        }
        if (isLineStart && rest.StartsWith(DumpLine.ByteOrderMark))
        {
            return (SyntaxTriviaKind.ByteOrderMark, DumpLine.ByteOrderMark.Length);
        }
        var line = rest[..LengthOrAll(rest.IndexOf((byte)'\n'), rest)].TrimEnd(" \t\r"u8);
        return (rest[0] == (byte)'#' ? SyntaxTriviaKind.Comment : SyntaxTriviaKind.SkippedText, line.Length);
    }

    private static int LengthOrAll(int index, ReadOnlySpan<byte> rest) => index < 0 ? rest.Length : index;
}
