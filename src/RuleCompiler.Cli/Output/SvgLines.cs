namespace RuleCompiler.Cli.Output;

/// <summary>Cuts text into the lines of a box.</summary>
internal static class SvgLines
{
    /// <summary>Lines of at most <paramref name="width"/> characters, cut at blanks where there are some.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">Characters a line.</param>
    /// <param name="most">The most lines; the last one ends in dots where more would come.</param>
    public static List<string> Wrap(string text, int width, int most)
    {
        var lines = new List<string>();
        var rest = text.AsSpan().Trim();
        while (rest.Length > width && lines.Count < most - 1)
        {
            var blank = rest[..(width + 1)].LastIndexOf(' ');
            var end = blank > width / 3 ? blank : width;
            lines.Add(rest[..end].ToString());
            rest = rest[end..].TrimStart();
        }
        lines.Add(rest.Length > width ? $"{rest[..(width - 1)]}…" : rest.ToString());
        return lines;
    }
}
