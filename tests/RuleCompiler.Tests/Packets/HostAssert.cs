using NUnit.Framework;
using RuleCompiler.Packets;
using RuleCompiler.Tests.Markup;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Packets;

/// <summary>Assertions on the JSON of a host.</summary>
internal static class HostAssert
{
    /// <summary>The facts of a JSON text that has no problem.</summary>
    public static HostFacts Read(string json)
    {
        var (facts, diagnostics) = HostFactsJson.Read(SourceText.From(json, "host.json"));
        Assert.That(diagnostics, Is.Empty);
        return facts ?? throw new AssertionException("no facts, and no reason");
    }

    /// <summary>Exactly the marked problems, at exactly the marked spans.</summary>
    public static void Reports(string markup, string? id = null)
    {
        var marked = MarkupText.Parse(markup);
        var (_, diagnostics) = HostFactsJson.Read(SourceText.From(marked.Text, "host.json"));
        Assert.That(
            diagnostics.Select(d => new MarkedSpan(d.Id, d.Location.Span)),
            Is.EqualTo(marked.Spans.Select(s => s with { Id = s.Id ?? id })),
            string.Join('\n', diagnostics));
    }
}
