namespace RuleCompiler.Linting.Ordering;

/// <summary>What a chain, looked at as a list, says of a rule's removal.</summary>
internal enum ListAnswerKind : byte
{
    /// <summary>Nothing: the rule does more than a list can say.</summary>
    Open,

    /// <summary>Every packet is treated alike without it.</summary>
    Alike,

    /// <summary>Packets may be treated otherwise, unless what calls the chain evens it out.</summary>
    Different,
}
