using System.Collections.Immutable;

namespace RuleCompiler.Scenarios;

/// <summary>What a run found out about a scenario or claim.</summary>
/// <param name="Item">The scenario or claim.</param>
/// <param name="Failures">What is not as it says; empty where all holds.</param>
internal sealed record ItemResult(ScenarioItem Item, ImmutableArray<Failure> Failures)
{
    /// <summary>Why there is no answer; null where there is one.</summary>
    public string? Undecided { get; init; }

    /// <summary>What a scenario's snapshot is to hold; empty where it asks for none.</summary>
    public ImmutableArray<SnapshotSection> Snapshot { get; init; } = [];

    /// <summary>The text of the whole snapshot, a blank line between its sections.</summary>
    public string SnapshotText => string.Join('\n', Snapshot.Select(s => s.Text));
}
