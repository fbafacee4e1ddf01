namespace RuleCompiler.Cli.Testing;

/// <summary>What the user wants of a test run.</summary>
/// <param name="Accepts">Whether what came becomes the snapshot.</param>
/// <param name="WritesReceived">Whether what came instead of a snapshot is left beside it.</param>
/// <param name="Filter">Part of the names to run, in any case; null for all.</param>
internal sealed record TestRequest(bool Accepts, bool WritesReceived, string? Filter)
{
    public bool Includes(string name) => Filter is null || name.Contains(Filter, StringComparison.OrdinalIgnoreCase);
}
