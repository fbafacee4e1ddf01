using System.Globalization;
using RuleCompiler.Diagnostics;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Shows the lines that a problem is in, with carets under its span, and those that cause it, with dashes.</summary>
internal static class SourceExcerpt
{
    /// <summary>Characters shown before and behind the span's first one; lines may have 64 KiB.</summary>
    private const int ShownBefore = 60;
    private const int ShownBehind = 100;

    private const int NumberWidth = 5;

    /// <summary>Of a span over many lines, so many are shown.</summary>
    private const int ShownLines = 4;

    /// <summary>Of many causes, so many are shown.</summary>
    private const int ShownCauses = 6;

    /// <summary>Appends two lines: the source and the carets.</summary>
    public static void Write(Utf8Buffer buffer, Location location, ReadOnlySpan<byte> color) =>
        Write(buffer, new RelatedLocation(location, ""), [], color);

    /// <summary>Appends the lines in order of place; those of other texts come last, each text behind its path.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="primary">What it is about; its label may be empty.</param>
    /// <param name="causes">What causes it.</param>
    /// <param name="color">For the carets; empty for plain text.</param>
    public static void Write(
        Utf8Buffer buffer, RelatedLocation primary, IReadOnlyCollection<RelatedLocation> causes, ReadOnlySpan<byte> color)
    {
        var source = primary.Location.Source;
        var shown = causes.Take(ShownCauses).ToArray();
        var marks = Marks(primary, isPrimary: true).Concat(shown.Where(c => c.Location.Source == source).SelectMany(c => Marks(c, isPrimary: false)));
        WriteMarks(buffer, source, marks, color);
        foreach (var other in shown.Where(c => c.Location.Source != source).GroupBy(c => c.Location.Source))
        {
            WriteGutter(buffer, null);
            buffer.Append("in "u8);
            buffer.AppendDisplayed(other.Key.Path);
            buffer.Append((byte)'\n');
            WriteMarks(buffer, other.Key, other.SelectMany(c => Marks(c, isPrimary: false)), color);
        }
        if (causes.Count > shown.Length)
        {
            WriteGutter(buffer, null);
            buffer.Append(string.Create(CultureInfo.InvariantCulture, $"and {causes.Count - shown.Length} more that cause it\n"));
        }
    }

    /// <summary>One mark for each line of a span, or for its first and last lines.</summary>
    private static IEnumerable<Mark> Marks(RelatedLocation place, bool isPrimary)
    {
        var (source, span) = (place.Location.Source, place.Location.Span);
        var first = source.GetLineIndex(span.Start);
        var last = source.GetLineIndex(Math.Max(span.Start, span.End - 1));
        for (var index = first; index <= last; index++)
        {
            if (last - first < ShownLines || index < first + ShownLines - 1 || index == last)
            {
                var line = source.GetLineSpan(index);
                var start = Math.Clamp(span.Start, line.Start, line.End);
                yield return new Mark(
                    index, TextSpan.FromBounds(start, Math.Clamp(span.End, start, line.End)), index == last ? place.Label : "", isPrimary);
            }
        }
    }

    private static void WriteMarks(Utf8Buffer buffer, SourceText source, IEnumerable<Mark> marks, ReadOnlySpan<byte> color)
    {
        var shownLine = -1;
        foreach (var mark in marks.OrderBy(m => m.LineIndex).ThenBy(m => !m.IsPrimary))
        {
            if (shownLine >= 0 && mark.LineIndex > shownLine + 1)
            {
                buffer.Append((byte)' ', NumberWidth - 3);
                buffer.Append("...\n"u8);
            }
            WriteMark(buffer, source, mark, isLineShown: mark.LineIndex == shownLine, color);
            shownLine = mark.LineIndex;
        }
    }

    private static void WriteMark(Utf8Buffer buffer, SourceText source, Mark mark, bool isLineShown, ReadOnlySpan<byte> color)
    {
        var line = source.GetLineSpan(mark.LineIndex);
        var before = Displayed(source, TextSpan.FromBounds(line.Start, mark.Span.Start));
        var marked = Displayed(source, mark.Span);
        if (before.Length > ShownBefore)
        {
            before = string.Concat("...", before.AsSpan(before.Length - ShownBefore));
        }
        if (!isLineShown)
        {
            var text = marked + Displayed(source, TextSpan.FromBounds(mark.Span.End, line.End));
            WriteGutter(buffer, mark.LineIndex + 1);
            buffer.Append(before);
            buffer.Append(text.Length > ShownBehind ? string.Concat(text.AsSpan(0, ShownBehind), "...") : text);
            buffer.Append((byte)'\n');
        }
        WriteGutter(buffer, null);
        buffer.Append((byte)' ', before.Length);
        buffer.Append(color.IsEmpty ? [] : mark.IsPrimary ? color : Ansi.Dim);
        buffer.Append(mark.IsPrimary ? (byte)'^' : (byte)'-', Math.Clamp(marked.Length, 1, ShownBehind));
        if (mark.Label.Length > 0)
        {
            buffer.Append((byte)' ');
            buffer.AppendDisplayed(mark.Label);
        }
        buffer.Append(color.IsEmpty ? [] : Ansi.Reset);
        buffer.Append((byte)'\n');
    }

    private static void WriteGutter(Utf8Buffer buffer, int? number)
    {
        var digits = number?.ToString(CultureInfo.InvariantCulture) ?? "";
        buffer.Append((byte)' ', NumberWidth - digits.Length);
        buffer.Append(digits);
        buffer.Append(" | "u8);
    }

    private static string Displayed(SourceText source, TextSpan span) =>
        DisplayText.Escape(source.ToString(span).Replace('\t', ' '));

    /// <summary>What is marked of one line.</summary>
    /// <param name="LineIndex">0-based.</param>
    /// <param name="Span">Within the line.</param>
    /// <param name="Label">Behind the mark; may be empty.</param>
    /// <param name="IsPrimary">Whether carets mark it, rather than dashes.</param>
    private readonly record struct Mark(int LineIndex, TextSpan Span, string Label, bool IsPrimary);
}
