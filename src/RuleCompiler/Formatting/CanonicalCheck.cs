using RuleCompiler.Netfilter;
using RuleCompiler.Syntax.Parsing;
using RuleCompiler.Text;

namespace RuleCompiler.Formatting;

/// <summary>Compares a dump with its canonical text: comments, blank lines and counters aside.</summary>
/// <remarks>The order in which base chains are declared says nothing either, and the tools have changed it over the years.</remarks>
internal static class CanonicalCheck
{
    /// <returns>The 1-based line of the dump at which the two part; null where they are the same.</returns>
    public static int? FindDifference(SourceText dump, SourceText canonical)
    {
        var lines = Comparable(dump);
        var canonicalLines = Comparable(canonical);
        for (var i = 0; i < lines.Count && i < canonicalLines.Count; i++)
        {
            if (!WithoutCounters(dump, lines[i].Shown).SequenceEqual(WithoutCounters(canonical, canonicalLines[i].Shown)))
            {
                return lines[i].Line + 1;
            }
        }
        return lines.Count == canonicalLines.Count ? null
            : lines.Count > canonicalLines.Count ? lines[canonicalLines.Count].Line + 1
            : dump.LineCount;
    }

    /// <summary>The lines that count, 0-based, each with the line to compare in its place.</summary>
    private static List<(int Line, int Shown)> Comparable(SourceText text)
    {
        var lines = new List<(int Line, int Shown)>(text.LineCount);
        var baseChains = new SortedList<Hook, (int Place, int Line)>();
        for (var line = 0; line < text.LineCount; line++)
        {
            var content = LineOf(text, line);
            if (content is [(byte)'#', ..] || content.Trim(" \t\r\n"u8).IsEmpty)
            {
                continue;
            }
            if (content is [(byte)':', ..])
            {
                if (HookOf(content) is { } hook)
                {
                    baseChains.TryAdd(hook, (lines.Count, line));
                }
            }
            else
            {
                Sort(baseChains, lines);
            }
            lines.Add((line, line));
        }
        return lines;
    }

    /// <summary>Puts base chains into the order of their hooks, within the places that they have.</summary>
    private static void Sort(SortedList<Hook, (int Place, int Line)> baseChains, List<(int Line, int Shown)> lines)
    {
        var places = baseChains.Values.Select(chain => chain.Place).Order();
        foreach (var (place, chain) in places.Zip(baseChains.Values))
        {
            lines[place] = (lines[place].Line, chain.Line);
        }
        baseChains.Clear();
    }

    private static Hook? HookOf(ReadOnlySpan<byte> declaration)
    {
        var name = declaration[1..];
        var end = name.IndexOf((byte)' ');
        return end < 0 ? null : NetfilterNames.FindHook(name[..end]);
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
        if (line is not [(byte)':', ..])
        {
            return line;
        }
        var declaration = line.TrimEnd((byte)'\n');
        var open = declaration.LastIndexOf(" ["u8);
        return open > 0 && LineScanner.IsPair(declaration[(open + 1)..]) ? declaration[..open] : declaration;
    }
}
