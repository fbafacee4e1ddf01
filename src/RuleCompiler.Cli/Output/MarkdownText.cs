using System.Text;
using RuleCompiler.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>Makes text that others wrote plain in Markdown (GitHub's): in running text, in table cells, in code.</summary>
internal static class MarkdownText
{
    /// <summary>Every character that could be markup, a mention or the end of a table cell escaped.</summary>
    /// <remarks>Source: CommonMark 0.31, 'Backslash escapes'; an <c>@</c> or a link needs an entity.</remarks>
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
                case '>':
                    escaped.Append("&gt;");
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
        return escaped.ToString();
    }

    /// <summary>A fence that no line of the text can close.</summary>
    public static string FenceFor(IEnumerable<string> lines)
    {
        var longest = 2;
        foreach (var line in lines)
        {
            var run = 0;
            foreach (var character in line)
            {
                run = character == '`' ? run + 1 : 0;
                longest = Math.Max(longest, run);
            }
        }
        return new string('`', longest + 1);
    }
}
