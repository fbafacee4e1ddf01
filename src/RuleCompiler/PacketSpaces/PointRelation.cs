namespace RuleCompiler.PacketSpaces;

/// <summary>Whether a packet satisfies tests.</summary>
internal enum PointRelation
{
    Outside,
    Within,

    /// <summary>It hangs on a value that is not known.</summary>
    Open,
}
