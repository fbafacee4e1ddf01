namespace RuleCompiler.PacketSpaces;

/// <summary>How the outcomes of some packets compare.</summary>
internal enum OutcomeComparison : byte
{
    /// <summary>Every packet has the same outcome on both ways.</summary>
    Same,

    /// <summary>None has.</summary>
    Different,

    /// <summary>Some have.</summary>
    Mixed,
}
