using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Packets of no connection that pass the mesh's redirect by.</summary>
internal sealed class InvalidPassesAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor InvalidPasses { get; } = new("IPT4024", DiagnosticSeverity.Info)
    {
        Title = "Packets of no connection pass the redirect by",
        Message = "What conntrack finds to be of no connection meets no nat rule: it is not led to port {0} and reaches the pod as it came",
        Explanation = """
            A redirect counts for connections that conntrack knows. A packet that it finds to be of none, as one that comes
            out of the window of a busy connection, is delivered to the pod without translation; the pod has no such
            connection at that port and answers with a reset, which ends the real one. A rule of mangle can drop what is
            INVALID before (-m conntrack --ctstate INVALID -j DROP).
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN
            [|-A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006|]
            COMMIT
            """,
        Corrected = """
            *mangle
            :PREROUTING ACCEPT [0:0]
            -A PREROUTING -m conntrack --ctstate INVALID -j DROP
            COMMIT
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(InvalidPasses, "invalid-passes")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        foreach (var opening in mesh.Packets.Inbound())
        {
            if (mesh.LedTo(opening, mesh.Profile.InboundPort) is not { } trace || mesh.CaptureOf(trace) is not { Step.Action: not "tproxy" } capture)
            {
                continue;
            }
            var invalid = opening with { State = ConntrackState.Invalid, TcpFlags = TcpFlags.Ack };
            if (mesh.Probe.Always(invalid, t => t.Delivery is { To: "local" } && t.Rewrites.IsEmpty) is not null)
            {
                yield return Show(
                    context.FindingAt(InvalidPasses, capture.Decider, capture.Port.Text()), invalid, "delivered as it came");
            }
            yield break;
        }
    }
}
