using RuleCompiler.Text;

namespace RuleCompiler.Syntax.Parsing;

/// <summary>The bounds of one line, and what can be told from its first word.</summary>
internal readonly record struct DumpLine
{
    public static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    private DumpLine(SourceText text, int start, int first, int end)
    {
        Text = text;
        Start = start;
        First = first;
        End = end;
    }

    public SourceText Text { get; }

    /// <summary>Offset of the line's first byte, behind a byte-order mark.</summary>
    public int Start { get; }

    /// <summary>Offset of the first byte that is no blank; <see cref="End"/> where there is none.</summary>
    public int First { get; }

    /// <summary>Offset of the line feed, or of the text's end.</summary>
    public int End { get; }

    /// <summary>Whether the line is blank or a comment.</summary>
    public bool IsTrivia => First == End || (First == Start && Text.Bytes[First] == (byte)'#');

    /// <summary>From the first byte to the last that are no blanks.</summary>
    public TextSpan Content
    {
        get
        {
            var bytes = Text.Bytes;
            var end = End;
            while (end > First && LineScanner.IsBlank(bytes[end - 1]))
            {
                end--;
            }
            return TextSpan.FromBounds(First, end);
        }
    }

    /// <param name="text">The text.</param>
    /// <param name="lineIndex">0-based.</param>
    public static DumpLine At(SourceText text, int lineIndex)
    {
        var bytes = text.Bytes;
        var start = text.GetLineStart(lineIndex);
        var end = lineIndex + 1 < text.LineCount ? text.GetLineStart(lineIndex + 1) - 1 : bytes.Length;
        if (bytes[start..end].StartsWith(ByteOrderMark))
        {
            start += ByteOrderMark.Length;
        }
        var first = start;
        while (first < end && LineScanner.IsBlank(bytes[first]))
        {
            first++;
        }
        return new DumpLine(text, start, first, end);
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
            ? Text.Bytes[First] != (byte)'C' || !FirstWord.SequenceEqual("COMMIT"u8)
            : OutsideText.IsTableHeader(this);
    }

    private ReadOnlySpan<byte> FirstWord
    {
        get
        {
            var line = Text.Bytes[First..End];
            var length = line.IndexOfAny((byte)' ', (byte)'\t', (byte)'\r');
            return length < 0 ? line : line[..length];
        }
    }
}
