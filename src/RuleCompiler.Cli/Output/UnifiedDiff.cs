using System.Globalization;

namespace RuleCompiler.Cli.Output;

/// <summary>What changed from one text to another, in the form of <c>diff -u</c>, which <c>patch</c> reads.</summary>
internal static class UnifiedDiff
{
    private const int ContextLines = 3;

    /// <summary>Writes the header and all hunks; nothing where the two texts are the same.</summary>
    /// <param name="writer">Where to; line breaks are LF.</param>
    /// <param name="oldName">What the header calls the old text.</param>
    /// <param name="newName">What the header calls the new text.</param>
    /// <param name="oldText">The text before.</param>
    /// <param name="newText">The text after.</param>
    public static void Write(TextWriter writer, string oldName, string newName, string oldText, string newText)
    {
        if (oldText == newText)
        {
            return;
        }
        var oldLines = Lines(oldText);
        var newLines = Lines(newText);
        writer.Write($"--- {oldName}\n+++ {newName}\n");
        var edits = Edits(oldLines, newLines);
        for (var start = 0; start < edits.Count;)
        {
            var end = start + 1;
            while (end < edits.Count && edits[end].OldStart - edits[end - 1].OldEnd <= 2 * ContextLines)
            {
                end++;
            }
            WriteHunk(writer, oldLines, newLines, edits[start..end]);
            start = end;
        }
    }

    /// <summary>The lines, each with its line break, so that a last line without one differs from one with it.</summary>
    private static string[] Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            end = end == 0 ? text.Length : end;
            lines.Add(text[start..end]);
            start = end;
        }
        return [.. lines];
    }

    private static List<Edit> Edits(string[] oldLines, string[] newLines)
    {
        var edits = new List<Edit>();
        var matches = LineMatcher.Match(oldLines, newLines);
        var (oldStart, newStart) = (0, 0);
        for (var line = 0; line <= oldLines.Length; line++)
        {
            var match = line == oldLines.Length ? newLines.Length : matches[line];
            if (match < 0)
            {
                continue;
            }
            if (line > oldStart || match > newStart)
            {
                edits.Add(new Edit(oldStart, line, newStart, match));
            }
            (oldStart, newStart) = (line + 1, match + 1);
        }
        return edits;
    }

    private static void WriteHunk(TextWriter writer, string[] oldLines, string[] newLines, List<Edit> edits)
    {
        var before = Math.Min(ContextLines, edits[0].OldStart);
        var after = Math.Min(ContextLines, oldLines.Length - edits[^1].OldEnd);
        var oldStart = edits[0].OldStart - before;
        var newStart = edits[0].NewStart - before;
        writer.Write("@@ -");
        WriteRange(writer, oldStart, edits[^1].OldEnd + after);
        writer.Write(" +");
        WriteRange(writer, newStart, edits[^1].NewEnd + after);
        writer.Write(" @@\n");
        var line = oldStart;
        foreach (var edit in edits)
        {
            WriteLines(writer, ' ', oldLines.AsSpan(line..edit.OldStart));
            WriteLines(writer, '-', oldLines.AsSpan(edit.OldStart..edit.OldEnd));
            WriteLines(writer, '+', newLines.AsSpan(edit.NewStart..edit.NewEnd));
            line = edit.OldEnd;
        }
        WriteLines(writer, ' ', oldLines.AsSpan(line..(line + after)));
    }

    /// <summary><c>START,COUNT</c>; an empty range starts at the line before it, a count of 1 is left out.</summary>
    private static void WriteRange(TextWriter writer, int start, int end)
    {
        var count = end - start;
        writer.Write((count == 0 ? start : start + 1).ToString(CultureInfo.InvariantCulture));
        if (count != 1)
        {
            writer.Write(',');
            writer.Write(count.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void WriteLines(TextWriter writer, char sign, ReadOnlySpan<string> lines)
    {
        foreach (var line in lines)
        {
            writer.Write(sign);
            writer.Write(line);
            if (!line.EndsWith('\n'))
            {
                writer.Write("\n\\ No newline at end of file\n");
            }
        }
    }

    private readonly record struct Edit(int OldStart, int OldEnd, int NewStart, int NewEnd);
}
