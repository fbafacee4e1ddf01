using System.Text;

namespace RuleCompiler.Cli.Output;

/// <summary>A line of a diagnostic's example, taken apart: its text, and carets under what <c>[|</c> and <c>|]</c> mark.</summary>
internal static class MarkedLine
{
    /// <returns>The text, and as many blanks and carets as reach the last marked character; empty without a mark.</returns>
    public static (string Text, string Carets) Read(string line)
    {
        var text = new StringBuilder();
        var carets = new StringBuilder();
        var rest = line;
        while (rest.Length > 0)
        {
            var start = rest.IndexOf("[|", StringComparison.Ordinal);
            var end = start < 0 ? -1 : rest.IndexOf("|]", start, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }
            text.Append(rest, 0, start);
            carets.Append(' ', text.Length - carets.Length);
            text.Append(rest, start + 2, end - start - 2);
            carets.Append('^', Math.Max(1, text.Length - carets.Length));
            rest = rest[(end + 2)..];
        }
        // A mark that runs over several lines is shown at its end only.
        text.Append(rest.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal));
        return (text.ToString(), carets.ToString());
    }
}
