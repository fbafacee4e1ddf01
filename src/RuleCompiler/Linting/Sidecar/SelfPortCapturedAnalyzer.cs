using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Ports that the proxy or its agent serves itself and that are led to the inbound listener all the same.</summary>
internal sealed class SelfPortCapturedAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor SelfPortCaptured { get; } = new("IPT4007", DiagnosticSeverity.Error)
    {
        Title = "The proxy's own port is captured",
        Message = "What arrives for port {0}, which {1} serves itself, is led to its inbound listener",
        Explanation = """
            Health, metrics and the mesh's tunnel are served by the proxy or its agent on ports of their own. Led to the
            inbound listener they are treated as the application's: probes fail, and with them the pod.

            Which ports these are hangs on the mesh's version. Where the rules spare none or one of them, and no profile is
            given, the finding is no more than information.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15008 -j RETURN
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15020 -j RETURN
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN
            [|-A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006|]
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15008 -j RETURN
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15020 -j RETURN
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15021 -j RETURN
            -A ISTIO_INBOUND -p tcp -m tcp --dport 15090 -j RETURN
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(SelfPortCaptured, "self-port-captured")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        foreach (var port in mesh.Profile.SelfPorts.Order())
        {
            var led = mesh.Packets.Inbound(port).Select(packet => (Packet: packet, Trace: mesh.LedTo(packet, mesh.Profile.InboundPort)))
                .FirstOrDefault(one => one.Trace is not null);
            if (led.Trace is not { } trace || mesh.CaptureOf(trace) is not { } capture)
            {
                continue;
            }
            if (port == mesh.Profile.TunnelPort && capture.Step.Action == "tproxy")
            {
                continue; // a transparent listener sees for which port it was, and serves the tunnel itself
            }
            var isTold = mesh.IsGiven || mesh.SparesSelfPorts || context.Host.Sockets.Any(socket => context.IsHostGiven && socket.Port == port);
            var finding = context.FindingAt(SelfPortCaptured, capture.Decider, port.Text(), mesh.Profile.Proxy) with
            {
                Severity = isTold ? DiagnosticSeverity.Error : DiagnosticSeverity.Info,
                Given = [$"{mesh.Profile.Proxy} or its agent listens on port {port.Text()}, as {mesh.Profile.Title} has it by default"],
            };
            yield return Show(Blame(context, finding, capture), led.Packet, $"led to :{mesh.Profile.InboundPort.Text()}");
        }
    }
}
