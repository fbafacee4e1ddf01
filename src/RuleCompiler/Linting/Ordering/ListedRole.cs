namespace RuleCompiler.Linting.Ordering;

/// <summary>What a row of a list is to the question whether a rule of it is superfluous.</summary>
internal enum ListedRole : byte
{
    /// <summary>It stands before the rule, and takes all its packets: the rule never sees them.</summary>
    Before,

    /// <summary>It stands behind the rule, and does to all its packets what the rule does.</summary>
    Alike,

    /// <summary>It stands behind the rule, and may do something else.</summary>
    Different,
}
