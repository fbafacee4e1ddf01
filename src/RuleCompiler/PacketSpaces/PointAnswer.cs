namespace RuleCompiler.PacketSpaces;

/// <summary>What one packet shows of a rule (<see cref="PointWalker"/>).</summary>
internal enum PointAnswer
{
    /// <summary>Nothing: cells have to be asked.</summary>
    Open,

    /// <summary>It does not get to the rule.</summary>
    NotReached,

    /// <summary>It gets there, and is treated otherwise than without the rule.</summary>
    Needed,

    /// <summary>It gets there, and no difference is seen.</summary>
    Alike,
}
