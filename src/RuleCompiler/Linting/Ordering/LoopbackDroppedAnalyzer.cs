using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Firewalls that stop a host from talking to itself.</summary>
internal sealed class LoopbackDroppedAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor LoopbackDropped { get; } = new("IPT3018", DiagnosticSeverity.Warning)
    {
        Title = "Loopback traffic is stopped",
        Message = "Connections of this host to itself over lo are stopped here, to any port that no rule names",
        Explanation = """
            Programs talk to each other over lo: resolvers, databases, mail. Packets that arrive by lo were sent by this very
            host, so nothing is gained by stopping them. Accept what comes in by lo first.
            """,
        Example = """
            *filter
            [|:INPUT DROP [0:0]|]
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT DROP [0:0]
            -A INPUT -i lo -j ACCEPT
            -A INPUT -p tcp -m tcp --dport 22 -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(LoopbackDropped, "loopback-dropped")];

    public override IEnumerable<Finding> Analyze(LintContext context)
    {
        var packets = context.Packets;
        if (packets.Host.IsWithoutLoopback)
        {
            return [];
        }
        foreach (var protocol in (ReadOnlySpan<byte>)[IpProtocol.Tcp, IpProtocol.Udp])
        {
            var packet = HostPackets.Opening(protocol, packets.Host.Loopback, packets.Host.Loopback, packets.UnnamedPort) with
            {
                InInterface = HostInterface.Loopback.Name,
            };
            if (packets.Probe.Always(packet, HostPackets.IsStopped) is { } trace && packets.Report(LoopbackDropped, trace) is { } finding)
            {
                return [finding];
            }
        }
        return [];
    }
}
