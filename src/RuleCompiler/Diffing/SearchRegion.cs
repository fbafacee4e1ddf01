using System.Collections.Immutable;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Diffing;

/// <summary>Packets of a space that one rule decides about in one way.</summary>
internal sealed record SearchRegion
{
    public required Family Family { get; init; }

    /// <summary>Where it is decided; null where no chain was met.</summary>
    public required Hook? Hook { get; init; }

    /// <summary>One of the packets.</summary>
    public required Packet Witness { get; init; }

    /// <summary>What is assumed of unknowns.</summary>
    public required ImmutableArray<Assumption> Assumptions { get; init; }

    public required DiffOutcome Outcome { get; init; }

    /// <summary>Space expressions whose union they are, as they enter the host.</summary>
    public required ImmutableArray<string> Space { get; init; }

    /// <summary>What of the packets no field tells; null once it is in <see cref="Space"/> and <see cref="Assumptions"/>.</summary>
    public RegionUnknowns? Unknowns { get; init; }

    /// <summary>The region as it is told: the space with what fields do not tell, and only assumptions that no packet tells.</summary>
    public SearchRegion Completed() => Unknowns is null ? this
        : this with { Space = Unknowns.Complete(Space, Assumptions), Assumptions = Unknowns.UntoldOf(Assumptions), Unknowns = null };
}
