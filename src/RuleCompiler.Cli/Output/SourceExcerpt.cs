using System.Globalization;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Shows the line that a problem is in, with carets under its span.</summary>
internal static class SourceExcerpt
{
    /// <summary>Characters shown before and behind the span's first one; lines may have 64 KiB.</summary>
    private const int ShownBefore = 60;
    private const int ShownBehind = 100;

    /// <summary>Appends two lines: the source and the carets.</summary>
    public static void Write(Utf8Buffer buffer, Location location, ReadOnlySpan<byte> color)
    {
        var source = location.Source;
        var lineIndex = source.GetLineIndex(location.Span.Start);
        var line = source.GetLineSpan(lineIndex);
        var start = Math.Min(location.Span.Start, line.End);
        var end = Math.Clamp(location.Span.End, start, line.End);
        var before = Displayed(source, TextSpan.FromBounds(line.Start, start));
        var marked = Displayed(source, TextSpan.FromBounds(start, end));
        var behind = Displayed(source, TextSpan.FromBounds(end, line.End));
        if (before.Length > ShownBefore)
        {
            before = string.Concat("...", before.AsSpan(before.Length - ShownBefore));
        }
        var text = marked + behind;
        if (text.Length > ShownBehind)
        {
            text = string.Concat(text.AsSpan(0, ShownBehind), "...");
        }
        var number = (lineIndex + 1).ToString(CultureInfo.InvariantCulture);
        buffer.Append((byte)' ', Math.Max(0, 5 - number.Length));
        buffer.Append(number);
        buffer.Append(" | "u8);
        buffer.Append(before);
        buffer.Append(text);
        buffer.Append((byte)'\n');
        buffer.Append((byte)' ', Math.Max(5, number.Length));
        buffer.Append(" | "u8);
        buffer.Append((byte)' ', before.Length);
        buffer.Append(color);
        buffer.Append((byte)'^', Math.Clamp(marked.Length, 1, ShownBehind));
        buffer.Append(color.IsEmpty ? [] : Ansi.Reset);
        buffer.Append((byte)'\n');
    }

    private static string Displayed(SourceText source, TextSpan span) =>
        DisplayText.Escape(source.ToString(span).Replace('\t', ' '));
}
