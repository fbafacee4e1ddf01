using System.Collections.Immutable;
using RuleCompiler.Packets;

namespace RuleCompiler.Diffing;

/// <summary>What comparing two dumps came to.</summary>
/// <param name="Equivalence">Whether they do the same.</param>
/// <param name="Reason">Of <see cref="Equivalence.Unknown"/>: which limit was reached; else null.</param>
/// <param name="Regions">The packets treated otherwise, the most important first.</param>
/// <param name="OldHost">The machine of the old dump, given or inferred.</param>
/// <param name="NewHost">The machine of the new dump, given or inferred.</param>
public sealed record DiffResult(
    Equivalence Equivalence, string? Reason, ImmutableArray<DiffRegion> Regions, HostFacts OldHost, HostFacts NewHost);
