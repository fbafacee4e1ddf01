namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>What a target of the small dumps does.</summary>
internal enum SmallAction
{
    Count,
    Accept,
    Drop,
    Reject,
    Queue,

    /// <summary>A queue that lets the packet go on where nobody listens.</summary>
    QueueOrAccept,

    /// <summary>TPROXY.</summary>
    Proxy,
    Return,
    Jump,
    Goto,
    Log,
    SetMark,
    SetConnectionMark,
    SaveMark,
    RestoreMark,
    Untrack,
    SetZone,

    /// <summary>REDIRECT and DNAT.</summary>
    TranslateDestination,

    /// <summary>SNAT and MASQUERADE.</summary>
    TranslateSource,
}
