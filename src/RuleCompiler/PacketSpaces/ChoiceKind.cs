namespace RuleCompiler.PacketSpaces;

/// <summary>What chooses a value that rules do not tell.</summary>
internal enum ChoiceKind
{
    /// <summary>The packet's own addresses and ports, by a hash or a distance.</summary>
    Packet,

    /// <summary>Chance: no packet tells.</summary>
    Chance,

    /// <summary>The host bits of the address before, which stay.</summary>
    HostBits,
}
