using RuleCompiler.Syntax.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Formatting;

/// <summary>Compares a dump with its canonical text: comments, blank lines and counters aside.</summary>
internal static class CanonicalCheck
{
    /// <returns>The 1-based line of the dump at which the two part; null where they are the same.</returns>
    public static int? FindDifference(SourceText dump, SourceText canonical)
    {
        var dumpLine = 0;
        var canonicalLine = 0;
        while (true)
        {
            SkipIgnored(dump, ref dumpLine);
            SkipIgnored(canonical, ref canonicalLine);
            if (dumpLine == dump.LineCount || canonicalLine == canonical.LineCount)
            {
                return dumpLine == dump.LineCount && canonicalLine == canonical.LineCount ? null : Math.Min(dumpLine + 1, dump.LineCount);
            }
            if (!WithoutCounters(dump, dumpLine).SequenceEqual(WithoutCounters(canonical, canonicalLine)))
            {
                return dumpLine + 1;
            }
            dumpLine++;
            canonicalLine++;
        }
    }

    private static void SkipIgnored(SourceText text, ref int line)
    {
        while (line < text.LineCount && (LineOf(text, line) is [(byte)'#', ..] || LineOf(text, line).Trim(" \t\r\n"u8).IsEmpty))
        {
            line++;
        }
    }

    /// <summary>The line with its line break: a last line that has none is not canonical.</summary>
    private static ReadOnlySpan<byte> LineOf(SourceText text, int line) =>
        text.Bytes[text.GetLineStart(line)..(line + 1 < text.LineCount ? text.GetLineStart(line + 1) : text.Length)];

    private static ReadOnlySpan<byte> WithoutCounters(SourceText text, int lineIndex)
    {
        var line = LineOf(text, lineIndex);
        if (line is [(byte)'[', ..] && line.IndexOf("] "u8) is var close and > 0 && LineScanner.IsPair(line[..(close + 1)]))
        {
            return line[(close + 2)..];
        }
        if (line is [(byte)':', ..] && line.LastIndexOf(" ["u8) is var open and > 0 && LineScanner.IsPair(line[(open + 1)..].TrimEnd((byte)'\n')))
        {
            return line[..open];
        }
        return line;
    }
}
