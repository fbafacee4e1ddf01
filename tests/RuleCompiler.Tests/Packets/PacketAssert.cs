using NUnit.Framework;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Markup;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Packets;

/// <summary>Assertions on packet expressions.</summary>
internal static class PacketAssert
{
    /// <summary>The packet of an expression that has no problem.</summary>
    public static Packet Parse(string expression)
    {
        var (packet, diagnostics) = PacketExpression.Parse(SourceText.From(expression, "packet"));
        Assert.That(diagnostics, Is.Empty, expression);
        return packet ?? throw new AssertionException($"no packet, and no reason: {expression}");
    }

    /// <summary>Exactly the marked problems, at exactly the marked spans, and no packet.</summary>
    /// <param name="markup">Marked <c>{|ID:span|}</c>, or <c>[|span|]</c> for <paramref name="id"/>.</param>
    /// <param name="id">The ID of spans marked without one.</param>
    public static void Reports(string markup, string? id = null)
    {
        var marked = MarkupText.Parse(markup);
        var (packet, diagnostics) = PacketExpression.Parse(SourceText.From(marked.Text, "packet"));
        Assert.That(
            diagnostics.Select(d => new MarkedSpan(d.Id, d.Location.Span)),
            Is.EqualTo(marked.Spans.Select(s => s with { Id = s.Id ?? id })),
            string.Join('\n', diagnostics));
        Assert.That(packet, Is.Null);
    }
}
