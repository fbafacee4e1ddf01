using System.Text.RegularExpressions;

namespace RuleCompiler.Evaluation;

/// <summary>Takes the comment out of a rule's text.</summary>
internal static partial class RuleComment
{
    /// <summary>The rule without <c>-m comment --comment TEXT</c>.</summary>
    public static string Remove(string rule) => CommentMatch().Replace(rule, "");

    [GeneratedRegex("""(?<=^|\s)-m comment --comment (?:"(?:[^"\\]|\\.)*"|[^\s"]+)(?:\s+|$)""", RegexOptions.CultureInvariant)]
    private static partial Regex CommentMatch();
}
