using System.Net;

namespace RuleCompiler.Tests.Oracles.Probes;

/// <summary>A packet to be sent for real: what a packet expression says, as the oracle itself reads it.</summary>
/// <remarks>Read apart from the library's own packets, so that a misread expression shows as a disagreement.</remarks>
internal sealed record ProbePacket
{
    public required byte Protocol { get; init; }
    public required IPAddress Source { get; init; }
    public required IPAddress Destination { get; init; }
    public ushort SourcePort { get; init; }
    public ushort DestinationPort { get; init; }

    /// <summary>The interface it arrives by; null for a locally generated one.</summary>
    public string? In { get; init; }

    /// <summary>Owner of the socket; null for a packet without one.</summary>
    public uint? User { get; init; }
    public uint? Group { get; init; }
    public IReadOnlyList<uint> Groups { get; init; } = [];
    public string State { get; init; } = "NEW";
    public uint Mark { get; init; }

    /// <summary>Whether it goes in the direction of its connection's answers.</summary>
    public bool IsReply { get; init; }

    /// <summary>Kinds of its TCP options.</summary>
    public IReadOnlyList<byte> Options { get; init; } = [];

    /// <summary>What the option of kind 2 says.</summary>
    public ushort SegmentSize { get; init; }

    /// <summary>TCP flags as in the header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128.</summary>
    public byte Flags { get; init; } = 2;

    /// <summary>Whether of FIN, SYN, RST and ACK it has the last alone.</summary>
    public bool IsAcknowledgement => (Flags & 0x17) == 0x10;

    public byte? IcmpType { get; init; }
    public byte IcmpCode { get; init; }

    /// <summary>Bytes of the whole IP packet; null for as few as it needs.</summary>
    public int? Length { get; init; }
    public byte TimeToLive { get; init; } = 64;
    public byte TypeOfService { get; init; }
    public bool IsLaterFragment { get; init; }

    /// <summary>Names of its IPv6 extension headers, in order.</summary>
    public IReadOnlyList<string> Headers { get; init; } = [];
    public IReadOnlyList<byte>? SourceMac { get; init; }

    public bool IsV6 => Source.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;

    /// <summary>Whether it is sent from a socket that its process closes before any chain sees the packet.</summary>
    public bool IsWithoutSocket => In is null && User is null;

    /// <summary>Whether the header behind the IP header begins with two ports.</summary>
    public bool HasPorts => ProbeProtocol.HasPorts(Protocol) && !IsLaterFragment;
}
