using RuleCompiler.DecisionTables;
using RuleCompiler.Packets;

namespace RuleCompiler.Lowering;

/// <summary>A rule between the passes.</summary>
internal struct LoweredRule
{
    /// <summary>Conjuncts of the rule's condition; emptied once they are interned.</summary>
    public Condition[] Conjuncts;

    /// <summary>What it does; null for a jump or goto.</summary>
    public RuleAction? Action;

    /// <summary>Whether it can match at all.</summary>
    public bool IsNever;

    /// <summary>First of its references to predicates.</summary>
    public int FirstReference;

    /// <summary>How many references.</summary>
    public int ReferenceCount;
}
