namespace RuleCompiler.PacketSpaces;

/// <summary>What is done to a packet that its fields do not show.</summary>
internal enum DeedKind : byte
{
    /// <summary>Logged: the order and number of logs count, and they count as a difference only where asked.</summary>
    Log,

    /// <summary>Copied, or put into a set: number and order count.</summary>
    Report,

    /// <summary>A change that, made twice, is made once: MSS clamped, class set.</summary>
    Setting,

    /// <summary>The zone, or how conntrack is prepared: what was said first holds.</summary>
    Tracking,

    /// <summary>Given to a local socket by TPROXY.</summary>
    Proxy,
}
