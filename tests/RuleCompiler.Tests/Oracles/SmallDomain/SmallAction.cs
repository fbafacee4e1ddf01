namespace RuleCompiler.Tests.Oracles.SmallDomain;

/// <summary>What a target of the small dumps does.</summary>
internal enum SmallAction
{
    Count,
    Accept,
    Drop,
    Reject,
    Queue,
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
