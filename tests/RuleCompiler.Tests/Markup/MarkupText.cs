using System.Text;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Markup;

/// <summary>A text with marked spans: <c>[|span|]</c>, or <c>{|ID:span|}</c> with the ID expected there.</summary>
internal sealed class MarkupText
{
    private MarkupText(string text, IReadOnlyList<MarkedSpan> spans)
    {
        Text = text;
        Spans = spans;
    }

    /// <summary>The text without the marks.</summary>
    public string Text { get; }

    /// <summary>The marked spans, in byte offsets of the UTF-8 text, in order of their start; they may nest.</summary>
    public IReadOnlyList<MarkedSpan> Spans { get; }

    /// <summary>Takes the marks out of <paramref name="markup"/>.</summary>
    /// <exception cref="FormatException">A mark is opened and not closed, or closed and not opened.</exception>
    public static MarkupText Parse(string markup)
    {
        var text = new StringBuilder();
        var spans = new List<MarkedSpan>();
        var open = new Stack<(string? Id, int Start)>();
        var rest = markup.AsSpan();
        while (!rest.IsEmpty)
        {
            if (rest.StartsWith("[|"))
            {
                open.Push((null, ByteCount(text)));
                rest = rest[2..];
            }
            else if (rest.StartsWith("{|IPT"))
            {
                var colon = rest.IndexOf(':');
                open.Push((rest[2..colon].ToString(), ByteCount(text)));
                rest = rest[(colon + 1)..];
            }
            else if (rest.StartsWith("|]") || rest.StartsWith("|}"))
            {
                if (!open.TryPop(out var mark) || (mark.Id is null) != rest.StartsWith("|]"))
                {
                    throw new FormatException($"'{rest[..2]}' closes nothing in: {markup}");
                }
                spans.Add(new MarkedSpan(mark.Id, TextSpan.FromBounds(mark.Start, ByteCount(text))));
                rest = rest[2..];
            }
            else
            {
                text.Append(rest[0]);
                rest = rest[1..];
            }
        }
        return open.Count == 0
            ? new MarkupText(text.ToString(), [.. spans.OrderBy(s => s.Span.Start).ThenBy(s => s.Span.Length)])
            : throw new FormatException($"a mark is never closed in: {markup}");
    }

    private static int ByteCount(StringBuilder text) => Encoding.UTF8.GetByteCount(text.ToString());
}
