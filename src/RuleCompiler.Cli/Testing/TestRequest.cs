using RuleCompiler.Scenarios;

namespace RuleCompiler.Cli.Testing;

/// <summary>What the user wants of a test run.</summary>
/// <param name="AcceptsAll">Whether what came becomes the snapshot, of every scenario that is run.</param>
/// <param name="Accepted">The name of one scenario of which it does, as the file has it or as in the snapshot's; null for none.</param>
/// <param name="WritesReceived">Whether what came instead of a snapshot is left beside it.</param>
/// <param name="Filter">Part of the names to run, in any case; null for all.</param>
internal sealed record TestRequest(bool AcceptsAll, string? Accepted, bool WritesReceived, string? Filter)
{
    public bool Includes(string name) => Filter is null || name.Contains(Filter, StringComparison.OrdinalIgnoreCase);

    public bool Accepts(Scenario scenario) => AcceptsAll || (Accepted is not null && IsAccepted(scenario.Name.Text));

    /// <summary>Whether a name is that of the one scenario to accept.</summary>
    public bool IsAccepted(string name) =>
        string.Equals(name, Accepted, StringComparison.OrdinalIgnoreCase) || Scenario.ToKebabCase(name) == Accepted;
}
