using System.Collections.Immutable;
using NUnit.Framework;
using RuleCompiler.Diagnostics;
using RuleCompiler.Scenarios;
using RuleCompiler.Tests.Markup;
using RuleCompiler.Text;

namespace RuleCompiler.Tests.Scenarios;

/// <summary>Assertions on scenario files; beside them lie <c>pod.rules</c> and <c>pod6.rules</c>, both without a header.</summary>
internal static class ScenarioAssert
{
    private const string Dump = """
        *filter
        :INPUT ACCEPT [0:0]
        :OUTPUT ACCEPT [0:0]
        -A OUTPUT -p tcp -m tcp --dport 80 -m limit --limit 5/sec -j MARK --set-mark 7
        -A OUTPUT -p tcp -m tcp --dport 81 -j DROP
        COMMIT
        """;

    /// <summary>Exactly the marked problems, at exactly the marked spans.</summary>
    /// <param name="markup">Marked <c>{|ID:span|}</c>, or <c>[|span|]</c> for <paramref name="id"/>.</param>
    /// <param name="id">The ID of spans marked without one.</param>
    public static void Reports(string markup, string? id = null)
    {
        var marked = MarkupText.Parse(markup);
        var (_, _, diagnostics) = Load(marked.Text, Dump);
        Assert.That(
            diagnostics.Select(d => new MarkedSpan(d.Id, d.Location.Span)),
            Is.EqualTo(marked.Spans.Select(s => s with { Id = s.Id ?? id })),
            string.Join('\n', diagnostics));
    }

    /// <summary>The results of a file without problems.</summary>
    /// <param name="text">The file.</param>
    /// <param name="dump">Its rules, where they are others.</param>
    public static ImmutableArray<ItemResult> Run(string text, string dump = Dump)
    {
        var (file, environment, diagnostics) = Load(text, dump);
        Assert.That(diagnostics, Is.Empty);
        var runner = new ScenarioRunner(
            environment ?? throw new AssertionException("no environment, and no reason"), new ClaimProver(file, environment, CancellationToken.None));
        return [.. file.Items.Select(runner.Run)];
    }

    private static (ScenarioFile File, ScenarioEnvironment? Environment, ImmutableArray<Diagnostic> Diagnostics) Load(string text, string dump)
    {
        var (file, diagnostics) = ScenarioBinder.Bind(ScenarioSyntax.Parse(SourceText.From(text, "pod.flows")));
        if (!diagnostics.IsEmpty)
        {
            return (file, null, diagnostics);
        }
        var (environment, ofNamed) = ScenarioLoader.Load(
            file, path => path is "pod.rules" or "pod6.rules" ? (SourceText.From(dump, path), null) : (null, "No such file"), CancellationToken.None);
        return (file, environment, ofNamed);
    }
}
