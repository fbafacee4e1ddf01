namespace RuleCompiler.Linting.Ordering;

/// <summary>What is proven of a rule.</summary>
internal enum RuleStanding : byte
{
    /// <summary>Some packet matches it, and is treated otherwise without it.</summary>
    Needed,

    /// <summary>Packets match it, but every one is treated alike without it.</summary>
    Redundant,

    /// <summary>Packets satisfy its options, but none gets to it.</summary>
    Shadowed,

    /// <summary>No packet satisfies its options.</summary>
    Contradiction,

    /// <summary>It wants an interface that its hooks never have.</summary>
    WrongInterface,

    /// <summary>A nat rule for connection states that nat chains are never asked about.</summary>
    StateNeverSeen,

    /// <summary>A nat rule whose packets were all taken out of tracking.</summary>
    Untracked,

    /// <summary>A rule whose packets were all rewritten before.</summary>
    AfterRewrite,

    /// <summary>No way leads from a hook to its chain.</summary>
    Unreferenced,

    /// <summary>The proof took too many steps.</summary>
    Undecided,
}
