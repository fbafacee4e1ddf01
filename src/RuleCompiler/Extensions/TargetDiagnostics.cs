using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Extensions;

/// <summary>What can be wrong with a target's options together, or with a target in its rule: <c>IPT2040</c> to <c>IPT2049</c>.</summary>
internal static class TargetDiagnostics
{
    public static DiagnosticDescriptor PortsNeedProtocol { get; } = new("IPT2040", DiagnosticSeverity.Error)
    {
        Title = "Ports without a protocol",
        Message = "Ports in '{0}' need '-p' with tcp, udp, sctp, dccp or icmp",
        Explanation = "Only these protocols have ports to rewrite (icmp has an identifier in their place). "
            + "A rule that translates ports must name one of them; one rule for each protocol does it.",
        Example = Rule("nat", "-j REDIRECT [|--to-ports|] 15001"),
        Corrected = Rule("nat", "-p tcp -j REDIRECT --to-ports 15001"),
    };

    public static DiagnosticDescriptor NeedsTcp { get; } = new("IPT2041", DiagnosticSeverity.Error)
    {
        Title = "Only for TCP",
        Message = "'{0}' is for TCP only: the rule needs '-p tcp'",
        Explanation = "A TCP reset can only answer TCP, and only TCP has these flags. "
            + "The rule must be limited to it by -p tcp, not negated.",
        Example = Rule("filter", "-j REJECT [|--reject-with|] tcp-reset"),
        Corrected = Rule("filter", "-p tcp -j REJECT --reject-with tcp-reset"),
    };

    public static DiagnosticDescriptor NeedsProtocol { get; } = new("IPT2042", DiagnosticSeverity.Error)
    {
        Title = "Needs a protocol",
        Message = "'{0}' needs a protocol: '-p', not negated",
        Explanation = "Connection tracking helpers and timeouts belong to one layer 4 protocol, "
            + "which the kernel takes from the rule's -p.",
        Example = Rule("raw", "-j CT [|--helper|] ftp"),
        Corrected = Rule("raw", "-p tcp -j CT --helper ftp"),
    };

    public static DiagnosticDescriptor NoQueueInNft { get; } = new("IPT2043", DiagnosticSeverity.Error)
    {
        Title = "QUEUE in nft",
        Message = "Target 'QUEUE' does not load in nft; 'NFQUEUE' does",
        Explanation = "iptables-nft turns QUEUE into an expression that kernels are mostly built without. "
            + "NFQUEUE with queue 0 does the same in both flavours. For rules of iptables-legacy say --flavour legacy.",
        Example = Rule("filter", "-j [|QUEUE|]"),
        Corrected = Rule("filter", "-j NFQUEUE --queue-num 0"),
    };

    public static DiagnosticDescriptor NoGateway { get; } = new("IPT2044", DiagnosticSeverity.Error)
    {
        Title = "No gateway",
        Message = "'{0}' needs the address of a host, not the unspecified address",
        Explanation = "TEE sends its copy to a neighbour; the kernel refuses the address of all zeros.",
        Example = Rule("mangle", "-j TEE [|--gateway|] 0.0.0.0"),
        Corrected = Rule("mangle", "-j TEE --gateway 10.0.0.2"),
    };

    /// <summary>All of them, by ID.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        [PortsNeedProtocol, NeedsTcp, NeedsProtocol, NoQueueInNft, NoGateway];

    private static string Rule(string table, string rule) => $"*{table}\n:OUTPUT ACCEPT [0:0]\n-A OUTPUT {rule}\nCOMMIT\n";
}
