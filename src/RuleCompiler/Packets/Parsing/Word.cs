using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>A word of an expression.</summary>
/// <param name="Text">What it says; of a quoted word, what stands between the quotes.</param>
/// <param name="Span">Where it stands, quotes included.</param>
/// <param name="IsQuoted">Whether it stands in quotes, and so is a name whatever it looks like.</param>
internal readonly record struct Word(string Text, TextSpan Span, bool IsQuoted = false)
{
    /// <summary>The span of a part of the word; the whole word where its text is not its bytes (quotes, non-ASCII).</summary>
    public TextSpan Slice(int start, int length) =>
        Text.Length == Span.Length ? new TextSpan(Span.Start + start, length) : Span;

    /// <summary>A part of the word, as a word.</summary>
    public Word Part(int start, int length) => new(Text.Substring(start, length), Slice(start, length));
}
