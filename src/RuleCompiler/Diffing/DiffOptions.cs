using RuleCompiler.Packets;

namespace RuleCompiler.Diffing;

/// <summary>How two dumps are compared.</summary>
public sealed record DiffOptions
{
    /// <summary>The machine of the old dump; null: inferred from it.</summary>
    public HostFacts? OldHost { get; init; }

    /// <summary>The machine of the new dump; null: inferred from it.</summary>
    public HostFacts? NewHost { get; init; }

    /// <summary>Whether what is logged is part of what becomes of a packet.</summary>
    public bool CountsLogs { get; init; }

    /// <summary>Most regions to tell, at least 1; more end the comparison.</summary>
    public int MaxRegions { get; init; } = 10_000;

    /// <summary>How long it may take; null: as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the first difference is enough: no region is told then.</summary>
    internal bool StopsAtFirst { get; init; }
}
