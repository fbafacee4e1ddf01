using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Evaluation;
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

    private const int MostDevices = 8;
    private const int MostForwardedPorts = 16;

    public override ImmutableArray<LintCheck> Checks { get; } = [new(ReplyDropped, "reply-dropped")];

    public override IEnumerable<Finding> Analyze(LintContext context)
    {
        var packets = context.Packets;
        var host = packets.Host;
        var (device, own, _) = host.Devices[0];
        var found = new List<Finding>();
        foreach (var protocol in (ReadOnlySpan<byte>)[IpProtocol.Tcp, IpProtocol.Udp])
        {
            foreach (var port in packets.Ports)
            {
                Look(HostPackets.Opening(protocol, own, host.Remote, port), "from here");
                Look(HostPackets.Opening(protocol, host.Remote, own, port) with { InInterface = device }, "to here");
            }
            for (var inner = 1; inner < Math.Min(host.Devices.Length, MostDevices); inner++)
            {
                foreach (var port in packets.Ports.Take(MostForwardedPorts))
                {
                    Look(HostPackets.Opening(protocol, host.Beyond(inner), host.Remote, port) with { InInterface = host.Devices[inner].Name }, "through here");
                    Look(HostPackets.Opening(protocol, host.Remote, host.Beyond(inner), port) with { InInterface = device }, "through here");
                }
            }
        }
        return found;

        void Look(Packet opening, string direction)
        {
            if (packets.Probe.Always(opening, HostPackets.IsDelivered) is not { Delivery: { } delivery } passed
                || delivery.To != (direction == "to here" ? "local" : "remote")
                || packets.Probe.Always(AnswerTo(passed, delivery), HostPackets.IsStopped) is not { } stopped
                || (direction == "through here" && ChoosesAddresses(stopped))
                || packets.Report(ReplyDropped, stopped, direction) is not { } finding
                || found.Exists(other => other.Location.Span == finding.Location.Span))
            {
                return;
            }
            found.Add(finding with { Because = [.. packets.Cause(passed, "lets the first packet pass")] });
        }

        // A gateway's list of who may pass speaks of both directions.
        bool ChoosesAddresses(Trace stopped) => packets.Probe.RuleOf(stopped.Steps[^1]) is { } rule
            && context.Names(rule, PacketField.Source, PacketField.Destination);
    }

    /// <summary>The answer, on the connection as the first packet left it: translated and marked.</summary>
    private static Packet AnswerTo(Trace passed, Delivery delivery)
    {
        var effects = passed.Steps.SelectMany(step => step.Effects);
        var mark = effects.LastOrDefault(effect => effect.Kind == "connmark")?.Value;
        return HostPackets.Answer(passed.Packet, passed.Rewrites, delivery.To == "local" ? null : delivery.Interface) with
        {
            ConnectionMark = mark is not null && MaskedNumber.Find(mark) is { } known ? known : MaskedNumber.Exact(0),
        };
    }
}
