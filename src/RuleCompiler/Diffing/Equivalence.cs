namespace RuleCompiler.Diffing;

/// <summary>How two dumps compare.</summary>
public enum Equivalence
{
    /// <summary>Every packet has the same outcome, whatever no packet tells: proven.</summary>
    Equivalent,

    /// <summary>Some packets have another outcome: each of them is in a region.</summary>
    Different,

    /// <summary>A limit was reached: what was found until then is true, and may not be all.</summary>
    Unknown,
}
