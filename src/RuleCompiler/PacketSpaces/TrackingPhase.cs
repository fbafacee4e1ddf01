namespace RuleCompiler.PacketSpaces;

/// <summary>What rules see of the connection (net/netfilter/nf_conntrack_core.c).</summary>
internal enum TrackingPhase : byte
{
    /// <summary>Conntrack has looked the packet up.</summary>
    Tracked,

    /// <summary>It has not yet: in raw, every packet is INVALID and has no entry.</summary>
    Before,

    /// <summary>
    /// Nor has it yet, but CT has said how: the packet has CT's template for its entry, and further CT rules change nothing.
    /// </summary>
    Prepared,

    /// <summary>The packet was taken out of tracking.</summary>
    Untracked,
}
