using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>
/// One line of a dump, and what its first word tells. Where a warning of the tools cut it in two, it is both parts
/// and the warning between them; a comment that ends with such words is left as it is.
/// </summary>
internal readonly struct DumpLine
{
    private readonly byte[]? _joined;

    private DumpLine(SourceText text, TextSpan span, TextSpan cut, int lineCount)
    {
        Text = text;
        Start = span.Start;
        End = span.End;
        Cut = cut;
        LineCount = lineCount;
        if (cut.Length > 0)
        {
            _joined = [.. text.Bytes[span.Start..cut.Start], .. text.Bytes[cut.End..span.End]];
        }
        var bytes = Bytes;
        var first = 0;
        while (first < bytes.Length && LineScanner.IsBlank(bytes[first]))
        {
            first++;
        }
        First = first;
    }

    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    public SourceText Text { get; }

    /// <summary>Offset in the text of the line's first byte, behind a byte-order mark.</summary>
    public int Start { get; }

    /// <summary>Offset in the text of the line feed, or of the text's end.</summary>
    public int End { get; }

    /// <summary>The warning that cuts the line, with its line break; empty where there is none.</summary>
    public TextSpan Cut { get; }

    /// <summary>How many lines of the text it takes: one, or two where it is cut.</summary>
    public int LineCount { get; }

    /// <summary>The line's bytes, without a warning that cuts it.</summary>
    public ReadOnlySpan<byte> Bytes => _joined ?? Text.Bytes[Start..End];

    /// <summary>The bytes of the next line, to its line feed; empty behind the last.</summary>
    public ReadOnlySpan<byte> NextBytes
    {
        get
        {
            var rest = Text.Bytes[Math.Min(End + 1, Text.Length)..];
            var length = rest.IndexOf((byte)'\n');
            return length < 0 ? rest : rest[..length];
        }
    }

    /// <summary>Index in <see cref="Bytes"/> of the first byte that is no blank; their count where there is none.</summary>
    public int First { get; }

    public bool IsComment => First == 0 && Bytes is [(byte)'#', ..];

    /// <summary>Whether the line is blank or a comment.</summary>
    public bool IsTrivia => First == Bytes.Length || IsComment;

    /// <summary>From the first byte to the last that are no blanks.</summary>
    public ReadOnlySpan<byte> Content => Bytes[First..].TrimEnd(" \t\r"u8);

    /// <summary>The place of <see cref="Content"/> in the text.</summary>
    public TextSpan ContentSpan
    {
        get
        {
            var length = Content.Length;
            return length == 0 ? new TextSpan(End, 0) : ToSpan(First, First + length);
        }
    }

    /// <param name="text">The text.</param>
    /// <param name="lineIndex">0-based.</param>
    public static DumpLine At(SourceText text, int lineIndex)
    {
        var span = SpanWithoutLineFeed(text, lineIndex);
        if (text.GetBytes(span).StartsWith(ByteOrderMark))
        {
            span = TextSpan.FromBounds(span.Start + ByteOrderMark.Length, span.End);
        }
        var isCuttable = lineIndex + 1 < text.LineCount && text.GetBytes(span) is not [(byte)'#', ..];
        var cutAt = isCuttable ? ToolWarning.FindCut(text.GetBytes(span)) : -1;
        if (cutAt < 0)
        {
            return new DumpLine(text, span, default, lineCount: 1);
        }
        var rest = SpanWithoutLineFeed(text, lineIndex + 1);
        var cut = TextSpan.FromBounds(span.Start + cutAt, rest.Start);
        return new DumpLine(text, TextSpan.FromBounds(span.Start, rest.End), cut, lineCount: 2);
    }

    /// <summary>Whether the line behind this one belongs to a table.</summary>
    /// <param name="isInTable">Whether this one does.</param>
    public bool LeadsIntoTable(bool isInTable)
    {
        if (IsTrivia)
        {
            return isInTable;
        }
        return isInTable
            ? Bytes[First] != (byte)'C' || !new WordReader(Content).Next().SequenceEqual("COMMIT"u8)
            : OutsideText.IsTableHeader(this);
    }

    /// <summary>The place in the text of a run of <see cref="Bytes"/>; a warning inside the run belongs to the place.</summary>
    /// <param name="start">Index of the first byte.</param>
    /// <param name="end">Index behind the last byte.</param>
    public TextSpan ToSpan(int start, int end) => TextSpan.FromBounds(ToOffset(start), ToOffset(end - 1) + 1);

    private int ToOffset(int index) =>
        _joined is null || Start + index < Cut.Start ? Start + index : Start + index + Cut.Length;

    private static TextSpan SpanWithoutLineFeed(SourceText text, int lineIndex) => TextSpan.FromBounds(
        text.GetLineStart(lineIndex),
        lineIndex + 1 < text.LineCount ? text.GetLineStart(lineIndex + 1) - 1 : text.Length);
}
