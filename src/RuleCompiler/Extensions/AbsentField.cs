namespace RuleCompiler.Extensions;

/// <summary>What a test says of a packet that lacks the field.</summary>
internal enum AbsentField
{
    /// <summary>It fails, negated or not: the header must be there (ports, flags, conntrack).</summary>
    Fails,

    /// <summary>A plain test fails, a negated one holds (owner, physdev).</summary>
    HoldsIfNegated,
}
