using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Health probes of the node that are led to the proxy, which refuses them.</summary>
internal sealed class ProbeCapturedAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor ProbeCaptured { get; } = new("IPT4025", DiagnosticSeverity.Error)
    {
        Title = "Health probes are captured",
        Message = "Probes of the node, from {0}, are led to {1}",
        Explanation = """
            The node's agent probes the pod's health, and the mesh gives these probes a source of their own, so that rules can
            let them pass. Led to the proxy they are refused, since they are not of the mesh, and the pod is restarted. What
            comes from that source must be accepted before the redirect.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_PRERT - [0:0]
            -A PREROUTING -j ISTIO_PRERT
            [|-A ISTIO_PRERT ! -d 127.0.0.1/32 -p tcp -m tcp ! --dport 15008 -m mark ! --mark 0x539/0xfff -j REDIRECT --to-ports 15006|]
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_PRERT - [0:0]
            -A PREROUTING -j ISTIO_PRERT
            -A ISTIO_PRERT -s 169.254.7.127/32 -p tcp -m tcp -j ACCEPT
            -A ISTIO_PRERT ! -d 127.0.0.1/32 -p tcp -m tcp ! --dport 15008 -m mark ! --mark 0x539/0xfff -j REDIRECT --to-ports 15006
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(ProbeCaptured, "probe-captured")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        foreach (var source in mesh.Profile.ProbeSources.Where(address => address.Family == context.Family))
        {
            foreach (var packet in mesh.Packets.Inbound(from: source))
            {
                if (mesh.LedTo(packet, mesh.Profile.InboundPort) is { } trace && mesh.CaptureOf(trace) is { } capture)
                {
                    var finding = context.FindingAt(ProbeCaptured, capture.Decider, source.ToString(), mesh.Listener(capture.Port));
                    yield return Show(Blame(context, finding, capture), packet, $"led to :{capture.Port.Text()}, not to the application");
                    break;
                }
            }
        }
    }
}
