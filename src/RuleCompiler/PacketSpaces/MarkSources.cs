namespace RuleCompiler.PacketSpaces;

/// <summary>Marks as they entered.</summary>
[Flags]
internal enum MarkSources : byte
{
    None = 0,

    /// <summary>The packet's.</summary>
    Packet = 1,

    /// <summary>Its connection's.</summary>
    Connection = 2,

    Both = Packet | Connection,
}
