using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Packets;

/// <summary>What can be wrong with a packet expression.</summary>
internal static class PacketDiagnostics
{
    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All =>
    [
        UnexpectedText, UnknownProtocol, NotAnAddress, MixedFamilies, MissingPort, UnexpectedPort, NotAPort, ProtocolOfOtherFamily,
        UnknownClause, RepeatedClause, MissingValue, BadValue, ClauseDoesNotApply, ClausesExclude, ManyPackets,
    ];

    public static DiagnosticDescriptor UnexpectedText { get; } = new("IPT5001", DiagnosticSeverity.Error)
    {
        Title = "Not a packet expression",
        Message = "Expected {0}, found {1}",
        Explanation = """
            A packet expression is PROTOCOL SOURCE -> DESTINATION, then clauses in any order:
            'udp [fd00::7]:5353 -> [fd00::9]:53 in eth0 state NEW mark 0x1'.
            """,
        Example = "tcp 10.0.0.1:1024 [|10.0.0.2:80|] uid 1000",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 uid 1000",
    };

    public static DiagnosticDescriptor UnknownProtocol { get; } = new("IPT5003", DiagnosticSeverity.Error)
    {
        Title = "Unknown protocol",
        Message = "'{0}' is no protocol that a packet can have{1}",
        Explanation = """
            An expression begins with the packet's protocol: a name such as tcp, udp, icmp, icmpv6, sctp, esp or
            gre, or a number from 1 to 255.
            """,
        Example = "[|tpc|] 10.0.0.1:1024 -> 10.0.0.2:80",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80",
    };

    public static DiagnosticDescriptor NotAnAddress { get; } = new("IPT5004", DiagnosticSeverity.Error)
    {
        Title = "Not an address",
        Message = "'{0}' is not an IPv4 or IPv6 address{1}",
        Explanation = """
            Source and destination are addresses: names are not resolved, since the answer would hang on where and
            when the tool runs. IPv4 has all four numbers; IPv6 with a port stands in brackets.
            """,
        Example = "tcp 10.0.0.1:1024 -> [|example.org|]:80",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80",
    };

    public static DiagnosticDescriptor MixedFamilies { get; } = new("IPT5005", DiagnosticSeverity.Error)
    {
        Title = "Mixed address families",
        Message = "'{0}' is an {1} address, but the source is {2}",
        Explanation = "All addresses of a packet are of one family.",
        Example = "tcp 10.0.0.1:1024 -> [|[fd00::1]|]:80",
        Corrected = "tcp [fd00::7]:1024 -> [fd00::1]:80",
    };

    public static DiagnosticDescriptor MissingPort { get; } = new("IPT5006", DiagnosticSeverity.Error)
    {
        Title = "Missing port",
        Message = "'{0}' has no port, which {1} packets have{2}",
        Explanation = """
            Packets of tcp, udp, udplite, sctp and dccp have a source and a destination port: ADDRESS:PORT, or
            [ADDRESS]:PORT for IPv6. Only a later fragment (clause 'fragment') is without.
            """,
        Example = "tcp 10.0.0.1:1024 -> [|10.0.0.2|]",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80",
    };

    public static DiagnosticDescriptor UnexpectedPort { get; } = new("IPT5007", DiagnosticSeverity.Error)
    {
        Title = "Port where there is none",
        Message = "{1} has no ports: '{0}' must go",
        Explanation = """
            Only tcp, udp, udplite, sctp and dccp have ports, and only in packets that are no later fragment:
            ports are in the first fragment alone.
            """,
        Example = "icmp 10.0.0.1 -> 10.0.0.2[|:80|]",
        Corrected = "icmp 10.0.0.1 -> 10.0.0.2",
    };

    public static DiagnosticDescriptor NotAPort { get; } = new("IPT5008", DiagnosticSeverity.Error)
    {
        Title = "Not a port",
        Message = "'{0}' is not a port: a number from 0 to 65535",
        Explanation = "A port is a number from 0 to 65535, or the name of a well-known service such as https.",
        Example = "tcp 10.0.0.1:1024 -> 10.0.0.2:[|65536|]",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:65535",
    };

    public static DiagnosticDescriptor ProtocolOfOtherFamily { get; } = new("IPT5009", DiagnosticSeverity.Error)
    {
        Title = "Protocol of the other family",
        Message = "'{0}' does not go with {1} addresses: there it is '{2}'",
        Explanation = "ICMP is two protocols: icmp (1) goes with IPv4, icmpv6 (58) with IPv6.",
        Example = "[|icmp|] fd00::7 -> fd00::9",
        Corrected = "icmpv6 fd00::7 -> fd00::9",
    };

    public static DiagnosticDescriptor UnknownClause { get; } = new("IPT5010", DiagnosticSeverity.Error)
    {
        Title = "Unknown clause",
        Message = "'{0}' is no clause of a packet expression{1}",
        Explanation = """
            Behind the destination stand clauses: in out uid gid groups socket state dir ctstatus mark ctmark zone
            ctorig nat flags options mss type length ttl tos dscp fragment exthdr mac physin physout in-set match.
            A name that is one of these words is written in quotes: in "mark".
            """,
        Example = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 [|user|] 1000",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 uid 1000",
    };

    public static DiagnosticDescriptor RepeatedClause { get; } = new("IPT5011", DiagnosticSeverity.Error)
    {
        Title = "Repeated clause",
        Message = "'{0}' is given twice",
        Explanation = "A packet has one value of each; only 'match' may be given several times.",
        Example = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 uid 1000 [|uid|] 1337",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 uid 1337",
    };

    public static DiagnosticDescriptor MissingValue { get; } = new("IPT5012", DiagnosticSeverity.Error)
    {
        Title = "Clause without its value",
        Message = "'{0}' needs {1}",
        Explanation = "Every clause but 'fragment' has a value behind it.",
        Example = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 [|uid|] gid 1000",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 uid 1000 gid 1000",
    };

    public static DiagnosticDescriptor BadValue { get; } = new("IPT5013", DiagnosticSeverity.Error)
    {
        Title = "Value that the clause cannot have",
        Message = "'{1}' is not what '{0}' needs: {2}",
        Explanation = """
            Numbers are decimal, or hexadecimal behind 0x. Words such as states and flags are those of iptables.
            """,
        Example = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 state [|OPEN|]",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 state NEW",
    };

    public static DiagnosticDescriptor ClauseDoesNotApply { get; } = new("IPT5014", DiagnosticSeverity.Error)
    {
        Title = "Clause that says nothing of this packet",
        Message = "'{0}' does not apply: {1}",
        Explanation = """
            No packet can be what the expression says: an arriving packet has no socket here (so no uid, gid,
            groups), TCP flags are in TCP packets, an ICMP type in ICMP packets, and a later fragment has none of
            those headers.
            """,
        Example = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 in eth0 [|uid|] 1000",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 in eth0",
    };

    public static DiagnosticDescriptor ClausesExclude { get; } = new("IPT5015", DiagnosticSeverity.Error)
    {
        Title = "Clauses that exclude each other",
        Message = "'{0}' cannot stand beside '{1}'",
        Explanation = """
            'uid', 'gid' and 'groups' say that a process's socket sent the packet, 'socket' that none or the
            kernel's own did. 'dscp' is the upper six bits of 'tos'.
            """,
        Example = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 uid 0 [|socket|] kernel",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80 socket kernel",
    };

    public static DiagnosticDescriptor ManyPackets { get; } = new("IPT5016", DiagnosticSeverity.Error)
    {
        Title = "More than one packet",
        Message = "'{0}' stands for many packets: a packet has one {1}",
        Explanation = """
            Wildcards, networks, ranges, lists and '!' describe a space of packets, which 'search' and the claims
            of scenario files read. Here one packet is meant.
            """,
        Example = "tcp 10.0.0.1:1024 -> [|10.0.0.0/8|]:80",
        Corrected = "tcp 10.0.0.1:1024 -> 10.0.0.2:80",
    };
}
