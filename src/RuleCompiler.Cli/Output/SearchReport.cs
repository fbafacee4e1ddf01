using System.Collections.Immutable;
using RuleCompiler.Diffing;
using RuleCompiler.Packets;

namespace RuleCompiler.Cli.Output;

/// <summary>What a search found, as it is told.</summary>
/// <param name="Compilation">The dump.</param>
/// <param name="Host">The machine.</param>
/// <param name="Space">Where was looked.</param>
/// <param name="Regions">What was found.</param>
/// <param name="Reason">Which limit was reached, so that there may be more; null for none.</param>
internal sealed record SearchReport(
    Compilation Compilation, HostFacts Host, SpaceExpression Space, ImmutableArray<SearchRegion> Regions, string? Reason)
{
    /// <summary>The result in a line.</summary>
    public string Summary => (Reason is null ? "" : $"undecided: {Reason}; until then ")
        + (Regions.Length switch { 0 => Reason is null ? "none: no packet of the space does so" : "none", 1 => "1 region", var count => $"{count} regions" });
}
