using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Packets;

/// <summary>What can be wrong with a list of packets: NDJSON, CSV with a header, or expressions one a line.</summary>
internal static class PacketListDiagnostics
{
    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All => [BadPacketLine];

    public static DiagnosticDescriptor BadPacketLine { get; } = new("IPT5002", DiagnosticSeverity.Error)
    {
        Title = "Line that is no packet",
        Message = "{0}",
        Explanation = """
            Each line of a packet list is a JSON object, a CSV record or a packet expression, as the first line is.
            Fields are protocol, source, sourcePort, destination, destinationPort (proto, src, sport, dst, dport
            too), in, out, uid, gid, state, mark, icmpType, icmpCode, flags, length, ttl, any other clause of packet
            expressions, or packet with a whole expression. A line that is no packet is reported in its place, the
            others are classified all the same.
            """,
        Example = """[|{"proto": "tcp", "src": "10.0.0.1", "sport": 1024, "dst": "10.0.0.2"}|]""",
        Corrected = """{"proto": "tcp", "src": "10.0.0.1", "sport": 1024, "dst": "10.0.0.2", "dport": 80}""",
    };
}
