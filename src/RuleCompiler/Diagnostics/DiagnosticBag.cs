using System.Collections.Immutable;

namespace RuleCompiler.Diagnostics;

/// <summary>Collects a stage's diagnostics; for one thread.</summary>
internal sealed class DiagnosticBag
{
    private readonly List<Diagnostic> _diagnostics = [];

    /// <summary>How many were reported so far.</summary>
    public int Count => _diagnostics.Count;

    /// <summary>Takes back what was reported since there were <paramref name="count"/>.</summary>
    public void TakeBack(int count) => _diagnostics.RemoveRange(count, _diagnostics.Count - count);

    public void Report(Diagnostic diagnostic) => _diagnostics.Add(diagnostic);

    public void AddRange(IEnumerable<Diagnostic> diagnostics) => _diagnostics.AddRange(diagnostics);

    /// <summary>What was reported, in order of place; diagnostics of one place stay in the order of their report.</summary>
    public ImmutableArray<Diagnostic> ToImmutable() =>
        [.. _diagnostics.OrderBy(d => d.Location.Span.Start).ThenBy(d => d.Location.Span.Length)];
}
