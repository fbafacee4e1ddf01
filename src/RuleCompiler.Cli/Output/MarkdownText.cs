using System.Text;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Makes text that others wrote plain in Markdown (GitHub's): in running text, in table cells, in code.</summary>
internal static class MarkdownText
{
    /// <summary>Every character that could be markup, a mention or the end of a table cell escaped.</summary>
    /// <remarks>
    /// Source: CommonMark 0.31, 'Backslash escapes'; GitHub Flavored Markdown, 'Autolinks'. For text behind the start of
    /// a line, where <c>&gt;</c>, <c>#</c> and <c>-</c> mean nothing.
    /// </remarks>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var character in DisplayText.Escape(text))
        {
            switch (character)
            {
                case '@':
                    escaped.Append("&#64;");
                    break;
                case '<':
                    escaped.Append("&lt;");
                    break;
                case '&':
                    escaped.Append("&amp;");
                    break;
                case '\\' or '`' or '*' or '_' or '[' or ']' or '|' or '~' or '$':
                    escaped.Append('\\').Append(character);
                    break;
                default:
                    escaped.Append(character);
                    break;
            }
        }
        // A bare address would become a link.
        return escaped.Replace("://", "&#58;//").Replace("www.", "www&#46;").ToString();
    }

    /// <summary>The text as a code span, which nothing in it can end; not for table cells.</summary>
    public static string Code(string text)
    {
        var shown = DisplayText.Escape(text);
        var fence = new string('`', LongestRun([shown]) + 1);
        return shown.StartsWith('`') || shown.EndsWith('`') ? $"{fence} {shown} {fence}" : $"{fence}{shown}{fence}";
    }

    /// <summary>A path inside the angle brackets of a link, which nothing in it can end.</summary>
    public static string Link(string path) => DisplayText.Escape(path)
        .Replace("\\", "%5C", StringComparison.Ordinal)
        .Replace("<", "%3C", StringComparison.Ordinal)
        .Replace(">", "%3E", StringComparison.Ordinal);

    /// <summary>A fence that no line of the text can close.</summary>
    public static string FenceFor(IEnumerable<string> lines) => new('`', Math.Max(3, LongestRun(lines) + 1));

    private static int LongestRun(IEnumerable<string> lines)
    {
        var longest = 0;
        foreach (var line in lines)
        {
            var run = 0;
            foreach (var character in line)
            {
                run = character == '`' ? run + 1 : 0;
                longest = Math.Max(longest, run);
            }
        }
        return longest;
    }
}
