namespace RuleCompiler.Netfilter;

/// <summary>What connection tracking says of a packet; also a set of such answers.</summary>
/// <remarks>Source: include/uapi/linux/netfilter/xt_conntrack.h, <c>XT_CONNTRACK_STATE_*</c>.</remarks>
[Flags]
public enum ConntrackState
{
    /// <summary>No state; only in sets.</summary>
    None = 0,

    /// <summary>Not a valid packet of any connection; it has no entry.</summary>
    Invalid = 1 << 0,

    /// <summary>Opens a connection.</summary>
    New = 1 << 1,

    /// <summary>Belongs to another connection: an ICMP error, an expected child.</summary>
    Related = 1 << 2,

    /// <summary>Of a known connection.</summary>
    Established = 1 << 3,

    /// <summary>Taken out of tracking by <c>NOTRACK</c>; it has no entry.</summary>
    Untracked = 1 << 4,
}
