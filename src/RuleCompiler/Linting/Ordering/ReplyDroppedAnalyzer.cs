using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Ordering;

/// <summary>Connections that may be opened, and whose answers are stopped.</summary>
internal sealed class ReplyDroppedAnalyzer : LintAnalyzer
{
    public static DiagnosticDescriptor ReplyDropped { get; } = new("IPT3017", DiagnosticSeverity.Warning)
    {
        Title = "Answers of accepted connections are stopped",
        Message = "Connections {0} may be opened, but their answers are stopped here",
        Explanation = """
            The first packet of a connection passes, and what comes back does not, so that no such connection is ever made.
            Mostly a rule for answers is missing: accept what conntrack knows (-m conntrack --ctstate ESTABLISHED,RELATED)
            before anything is stopped.
            """,
        Example = """
            *filter
            [|:INPUT DROP [0:0]|]
            :OUTPUT ACCEPT [0:0]
            -A INPUT -i lo -j ACCEPT
            COMMIT
            """,
        Corrected = """
            *filter
            :INPUT DROP [0:0]
            :OUTPUT ACCEPT [0:0]
            -A INPUT -i lo -j ACCEPT
            -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(ReplyDropped, "reply-dropped")];

    public override IEnumerable<Finding> Analyze(LintContext context)
    {
        var packets = new HostPackets(context);
        var (device, own, _) = packets.Host.Devices[0];
        var found = new List<Finding>();
        foreach (var protocol in (ReadOnlySpan<byte>)[IpProtocol.Tcp, IpProtocol.Udp])
        {
            foreach (var port in packets.Ports)
            {
                Look(HostPackets.Opening(protocol, own, packets.Host.Remote, port), "from here");
                Look(HostPackets.Opening(protocol, packets.Host.Remote, own, port) with { InInterface = device }, "to here");
            }
        }
        return found;

        void Look(Packet opening, string direction)
        {
            var isLeaving = opening.InInterface is null;
            if (packets.Probe.Always(opening, HostPackets.IsDelivered) is not { Delivery: { } delivery } passed
                || delivery.To != (isLeaving ? "remote" : "local")
                || packets.Probe.Always(HostPackets.Answer(opening, isLeaving ? delivery.Interface : null), HostPackets.IsStopped) is not { } stopped
                || packets.Report(ReplyDropped, stopped, direction) is not { } finding
                || found.Exists(other => other.Location.Span == finding.Location.Span))
            {
                return;
            }
            found.Add(finding with { Because = [.. packets.Cause(passed, "lets the first packet pass")] });
        }
    }
}
