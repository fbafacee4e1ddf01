using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>A word of an expression.</summary>
/// <param name="Text">What it says; of a quoted word, what stands between the quotes.</param>
/// <param name="Span">Where it stands, quotes included.</param>
internal readonly record struct Word(string Text, TextSpan Span)
{
    /// <summary>The span of a part of the word; the whole word where its text is not its bytes (quotes, non-ASCII).</summary>
    public TextSpan Slice(int start, int length) =>
        Text.Length == Span.Length ? new TextSpan(Span.Start + start, length) : Span;
}
