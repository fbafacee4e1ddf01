using RuleCompiler.Packets;

namespace RuleCompiler.Evaluation;

/// <summary>What of a packet an ipset can look at, as it is where the rule asks.</summary>
internal readonly record struct SetKey
{
    public required IpAddress Source { get; init; }

    public required IpAddress Destination { get; init; }

    public required byte Protocol { get; init; }

    /// <summary>Null where the protocol has none and in later fragments.</summary>
    public ushort? SourcePort { get; init; }

    /// <summary>Likewise.</summary>
    public ushort? DestinationPort { get; init; }

    /// <summary>Type in the high byte, code in the low one; null in other protocols than ICMP and ICMPv6.</summary>
    public ushort? IcmpTypeCode { get; init; }

    /// <summary>Null or empty where the hook has none.</summary>
    public string? InInterface { get; init; }

    /// <summary>Likewise.</summary>
    public string? OutInterface { get; init; }

    /// <summary>Source address of the frame; null where not told or locally generated.</summary>
    public ulong? MacSource { get; init; }

    public MaskedNumber Mark { get; init; }
}
