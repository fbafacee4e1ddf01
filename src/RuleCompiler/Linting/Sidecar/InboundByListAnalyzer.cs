using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;
using RuleCompiler.Symbols;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>
/// What arrives and does not pass the proxy: ports that no rule captures because capture names others, and what rules
/// spare on purpose.
/// </summary>
internal sealed class InboundByListAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor InboundByList { get; } = new("IPT4004", DiagnosticSeverity.Warning)
    {
        Title = "Inbound capture by a list of ports",
        Message = "Only ports that rules name are captured: port {0}, among others, reaches the application without {1}",
        Explanation = """
            What the proxy does for the application, such as asking who may call, it does for captured ports only. A port
            that is not in the list is open to everyone, and nothing tells so when the application opens another one.
            Capture all ports, and return those that are meant to be left out.

            Where the rules do not show that all is meant to be captured, by sparing the ports of the proxy itself, and no
            profile is given, a list is taken to be meant, and the finding is no more than information.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15020 -j RETURN
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15021 -j RETURN
            [|-A ISTIO_INBOUND -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 15006|]
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15020 -j RETURN
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15021 -j RETURN
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(InboundByList, "inbound-by-list")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        foreach (var alike in mesh.Packets.InboundToApplication().GroupBy(packet => (packet.InInterface, packet.Source, packet.Destination.Address)))
        {
            var (captures, open) = Divide(mesh, alike);
            if (captures.Count == 0 || open is null)
            {
                continue;
            }
            var first = captures[0];
            var finding = context.FindingAt(InboundByList, first, (open.Destination.Port ?? 0).Text(), mesh.Profile.Proxy) with
            {
                Severity = mesh.IsGiven || mesh.SparesSelfPorts ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
                Because = [.. captures.Skip(1).Select(rule => context.CauseAt(rule, "captures a port by name, too"))],
            };
            yield return Show(finding, open, $"reaches the application, not {mesh.Listener(mesh.Profile.InboundPort)}");
            yield break;
        }
    }

    /// <summary>The rules that capture some of the packets, which differ by port alone, and the first that no rule captures or spares.</summary>
    private static (List<RuleSymbol> Captures, Packet? Open) Divide(Mesh mesh, IEnumerable<Packet> alike)
    {
        var captures = new List<RuleSymbol>();
        Packet? open = null;
        foreach (var packet in alike)
        {
            var traces = mesh.Probe.Trace(packet);
            if (traces is [var trace, ..] && traces.All(t => !mesh.IsCaptured(t) && !IsStopped(t)))
            {
                if (open is null && mesh.SparingRule(packet, trace, Hook.Prerouting) is null)
                {
                    open = packet;
                }
            }
            else if (traces.Select(mesh.CaptureOf).OfType<Capture>().FirstOrDefault() is { } capture && !captures.Contains(capture.Decider))
            {
                captures.Add(capture.Decider);
            }
        }
        return (captures, open);
    }
}
