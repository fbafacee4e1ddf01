using System.Collections.Immutable;
using System.Numerics;
using RuleCompiler.Evaluation;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Diffing;

/// <summary>Packets that one pair of rules treats otherwise, in one way.</summary>
public sealed record DiffRegion
{
    /// <summary>The family of the packets.</summary>
    public required Family Family { get; init; }

    /// <summary>Where the old dump decides; where it has no chain at all, the new one.</summary>
    public required Hook Hook { get; init; }

    /// <summary>One of the packets.</summary>
    public required Packet Witness { get; init; }

    /// <summary>What is assumed of unknowns, on either side.</summary>
    public required ImmutableArray<Assumption> Assumptions { get; init; }

    /// <summary>How many packets: every value of the fields that rules tell apart counts, and of interfaces every name that they do.</summary>
    public required BigInteger Count { get; init; }

    /// <summary>
    /// Whether all of <see cref="Space"/> is treated otherwise. Else some of it may be treated alike: where a mark became something of
    /// which no expression says when it is what it was, as one shifted by <c>CONNMARK</c> or computed by <c>HMARK</c>, or where an address
    /// picked of a range may be the one that it was.
    /// </summary>
    public required bool IsExact { get; init; }

    /// <summary>What the old dump does with them.</summary>
    public required DiffOutcome Old { get; init; }

    /// <summary>What the new dump does with them.</summary>
    public required DiffOutcome New { get; init; }

    /// <summary>Space expressions whose union they are, as they enter the host.</summary>
    public required ImmutableArray<string> Space { get; init; }

    /// <summary>What of the packets no field tells; null once it is in <see cref="Space"/> and <see cref="Assumptions"/>.</summary>
    internal RegionUnknowns? Unknowns { get; init; }

    /// <summary>The region as it is told: the space with what fields do not tell, and only assumptions that no packet tells.</summary>
    internal DiffRegion Completed() => Unknowns is null ? this
        : this with { Space = Unknowns.Complete(Space, Assumptions), Assumptions = Unknowns.UntoldOf(Assumptions), Unknowns = null };
}
