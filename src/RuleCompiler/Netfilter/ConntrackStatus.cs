namespace RuleCompiler.Netfilter;

/// <summary>Bits of a connection's status that rules can ask for.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/nf_conntrack_common.h, <c>enum ip_conntrack_status</c>.</remarks>
[Flags]
public enum ConntrackStatus
{
    /// <summary>None of the bits.</summary>
    None = 0,

    /// <summary>The connection was expected by a helper.</summary>
    Expected = 1 << 0,

    /// <summary>Packets were seen in both directions.</summary>
    SeenReply = 1 << 1,

    /// <summary>Never evicted early.</summary>
    Assured = 1 << 2,

    /// <summary>The first packet has left, or reached its socket.</summary>
    Confirmed = 1 << 3,

    /// <summary>The source was truly changed.</summary>
    SourceNat = 1 << 4,

    /// <summary>The destination was truly changed.</summary>
    DestinationNat = 1 << 5,
}
