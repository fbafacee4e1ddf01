using System.Collections.Immutable;
using RuleCompiler.Text;

namespace RuleCompiler.Packets.Parsing;

/// <summary>A list as it stands in an expression: <c>80</c>, <c>!80,443</c>, <c>SYN|SYN,ACK</c>.</summary>
/// <param name="Bang">The <c>!</c> before it; null without one.</param>
/// <param name="Alternatives">What stands between the <c>|</c>: at least one, each with a word or more.</param>
internal sealed record ListSyntax(Word? Bang, ImmutableArray<ImmutableArray<Word>> Alternatives)
{
    /// <summary>A list of words with commas between them.</summary>
    public static ListSyntax Of(params ImmutableArray<Word> words) => new(null, [words]);

    /// <summary>The words of the first alternative, which most lists have alone.</summary>
    public ImmutableArray<Word> Words => Alternatives[0];

    /// <summary>All of it, <c>!</c> included.</summary>
    public TextSpan Span => TextSpan.FromBounds((Bang ?? Words[0]).Span.Start, Alternatives[^1][^1].Span.End);

    /// <summary>As written, blanks and quotes aside.</summary>
    public string Text => (Bang is null ? "" : "!") + string.Join('|', Alternatives.Select(a => string.Join(',', a.Select(w => w.Text))));

    /// <summary>Its only word; null where it says more.</summary>
    public Word? Single => Bang is null && Alternatives is [[var word]] ? word : null;
}
