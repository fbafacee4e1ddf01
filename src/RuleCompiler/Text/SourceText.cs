using System.Text;

namespace RuleCompiler.Text;

/// <summary>The bytes of one input, exactly as they came, with the lines they form.</summary>
/// <remarks>
/// Offsets everywhere in the compiler are byte offsets into <see cref="Bytes"/>. Text becomes UTF-8 only
/// for display, so not even broken UTF-8 is lost. A line ends behind <c>\n</c>; a <c>\r</c> before it
/// belongs to the line break.
/// </remarks>
public sealed class SourceText
{
    private readonly byte[] _bytes;
    private readonly int[] _lineStarts;

    private SourceText(string path, byte[] bytes)
    {
        Path = path;
        _bytes = bytes;
        _lineStarts = FindLineStarts(bytes);
    }

    /// <summary>The path as the user gave it; <c>&lt;stdin&gt;</c> for standard input.</summary>
    public string Path { get; }

    /// <summary>The bytes as they came.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Length in bytes.</summary>
    public int Length => _bytes.Length;

    /// <summary>Number of lines; an empty text has one, and a final line break opens one more (empty) line.</summary>
    public int LineCount => _lineStarts.Length;

    /// <summary>Takes ownership of <paramref name="bytes"/>; the caller must not change them afterwards.</summary>
    public static SourceText From(byte[] bytes, string path = "<stdin>") => new(path, bytes);

    /// <summary>The UTF-8 bytes of <paramref name="text"/>.</summary>
    public static SourceText From(string text, string path = "<stdin>") => new(path, Encoding.UTF8.GetBytes(text));

    /// <summary>The text with edits made, under the same path.</summary>
    /// <param name="changes">In order of place, disjoint.</param>
    /// <exception cref="ArgumentException">They overlap, are out of order, or are not in the text.</exception>
    public SourceText WithChanges(IEnumerable<TextChange> changes)
    {
        using var buffer = new Utf8Buffer();
        var done = 0;
        foreach (var change in changes)
        {
            if (change.Span.Start < done || change.Span.End > Length)
            {
                throw new ArgumentException("the changes overlap, are out of order, or are not in the text", nameof(changes));
            }
            buffer.Append(Bytes[done..change.Span.Start]);
            buffer.Append(change.NewText);
            done = change.Span.End;
        }
        buffer.Append(Bytes[done..]);
        return new SourceText(Path, buffer.WrittenSpan.ToArray());
    }

    /// <summary>The span of whole lines, line breaks included, that hold a span.</summary>
    public TextSpan GetFullLines(TextSpan span)
    {
        var next = GetLineIndex(span.End) + 1;
        return TextSpan.FromBounds(GetLineStart(GetLineIndex(span.Start)), next < LineCount ? GetLineStart(next) : Length);
    }

    /// <summary>Index of the line that holds a byte, 0-based.</summary>
    /// <param name="offset">Byte offset, 0 to <see cref="Length"/>.</param>
    public int GetLineIndex(int offset)
    {
        var index = Array.BinarySearch(_lineStarts, offset);
        return index >= 0 ? index : ~index - 1;
    }

    /// <summary>The span of a line without its line break.</summary>
    /// <param name="lineIndex">0-based.</param>
    public TextSpan GetLineSpan(int lineIndex)
    {
        var start = _lineStarts[lineIndex];
        var end = lineIndex + 1 < _lineStarts.Length ? _lineStarts[lineIndex + 1] - 1 : _bytes.Length;
        if (end > start && _bytes[end - 1] == (byte)'\r')
        {
            end--;
        }
        return TextSpan.FromBounds(start, end);
    }

    /// <summary>Offset of the first byte of a line.</summary>
    /// <param name="lineIndex">0-based.</param>
    public int GetLineStart(int lineIndex) => _lineStarts[lineIndex];

    /// <summary>Line and column of a byte offset, as people count them.</summary>
    public LinePosition GetLinePosition(int offset)
    {
        var line = GetLineIndex(offset);
        var start = _lineStarts[line];
        return new LinePosition(line + 1, CountCharacters(_bytes.AsSpan(start, offset - start)) + 1);
    }

    /// <summary>The bytes of a span.</summary>
    public ReadOnlySpan<byte> GetBytes(TextSpan span) => _bytes.AsSpan(span.Start, span.Length);

    /// <summary>A span as displayed text; broken UTF-8 shows as U+FFFD.</summary>
    public string ToString(TextSpan span) => Encoding.UTF8.GetString(_bytes, span.Start, span.Length);

    /// <summary>The whole text for display.</summary>
    public override string ToString() => Encoding.UTF8.GetString(_bytes);

    private static int CountCharacters(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (!bytes.IsEmpty)
        {
            Rune.DecodeFromUtf8(bytes, out _, out var length);
            bytes = bytes[length..];
            count++;
        }
        return count;
    }

    private static int[] FindLineStarts(ReadOnlySpan<byte> bytes)
    {
        var starts = new int[bytes.Count((byte)'\n') + 1];
        var line = 1;
        var offset = 0;
        while (line < starts.Length)
        {
            offset += bytes[offset..].IndexOf((byte)'\n') + 1;
            starts[line++] = offset;
        }
        return starts;
    }
}
