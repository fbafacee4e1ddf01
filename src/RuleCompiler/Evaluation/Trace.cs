using System.Collections.Immutable;
using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>The journey of one packet through every hook, for one outcome of the unknowns it met.</summary>
public sealed record Trace
{
    /// <summary>The packet as it entered.</summary>
    public required Packet Packet { get; init; }

    /// <summary>Rules matched and policies met, in kernel order, both halves of a packet that loops over <c>lo</c>.</summary>
    public required ImmutableArray<TraceStep> Steps { get; init; }

    /// <summary>True changes of addresses and ports, in order.</summary>
    public required ImmutableArray<Rewrite> Rewrites { get; init; }

    /// <summary>Netfilter's word.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>Where it ends; null unless accepted and not lost.</summary>
    public Delivery? Delivery { get; init; }

    /// <summary><c>routing</c> where every chain accepted the packet and routing lost it; else null.</summary>
    public string? Lost { get; init; }

    /// <summary>What was assumed, in the order in which it was asked.</summary>
    public required ImmutableArray<Assumption> Assumptions { get; init; }
}
