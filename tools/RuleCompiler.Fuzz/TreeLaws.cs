using RuleCompiler.Syntax;

namespace RuleCompiler.Fuzz;

/// <summary>What holds of the tree of any bytes: nothing of them is lost.</summary>
internal static class TreeLaws
{
    /// <summary>Whether tokens and trivia follow each other without gap or overlap, and are the text.</summary>
    public static bool IsFaithful(SyntaxTree tree)
    {
        var end = 0;
        foreach (var token in tree.EnumerateTokens())
        {
            var trivia = token.LeadingTrivia;
            var places = trivia.Select(t => t.Span).Append(token.Span);
            foreach (var span in places)
            {
                if (span.Start != end)
                {
                    return false;
                }
                end = span.End;
            }
        }
        return end == tree.Text.Length && tree.ToFullBytes().AsSpan().SequenceEqual(tree.Text.Bytes);
    }
}
