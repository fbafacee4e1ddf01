using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;
using RuleCompiler.Packets;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Connections from the proxy to the application that are led back to the proxy's inbound listener.</summary>
internal sealed class InboundLoopAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor InboundLoop { get; } = new("IPT4002", DiagnosticSeverity.Error)
    {
        Title = "Inbound loop",
        Message = "What {0} opens to the application from {1} is led back to its inbound listener, at port {2}",
        Explanation = """
            The proxy takes what arrives for the pod and calls the application, over lo, from a source of its own or, with
            TPROXY, with a mark. Rules tell that call by this source or mark and let it pass. Where they do not, the
            proxy calls itself, again and again, and the application never hears of it.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            [|-A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m owner --uid-owner 1337 -j REDIRECT --to-ports 15006|]
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :OUTPUT ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            -A ISTIO_OUTPUT -s 127.0.0.6/32 -o lo -j RETURN
            -A ISTIO_OUTPUT ! -d 127.0.0.1/32 -o lo -p tcp -m owner --uid-owner 1337 -j REDIRECT --to-ports 15006
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(InboundLoop, "inbound-loop")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        var port = mesh.Profile.InboundPort;
        foreach (var (packet, from) in Calls(mesh, context.Family))
        {
            if (mesh.LedTo(packet, port) is not { } trace || mesh.CaptureOf(trace) is not { } capture)
            {
                continue;
            }
            var finding = context.FindingAt(InboundLoop, capture.Decider, mesh.Profile.Proxy, from, port.Text()) with
            {
                Properties = [new("cycle", $"{mesh.Listener(port)} -> application -> {mesh.Listener(port)}")],
            };
            yield return Show(Blame(context, finding, capture), packet, $"led to :{port.Text()}, where it came from");
            yield break;
        }
    }

    /// <summary>Calls of the application from the passthrough source, without a mark and with that of TPROXY.</summary>
    private static IEnumerable<(Packet Packet, string From)> Calls(Mesh mesh, Family family)
    {
        if (mesh.Profile.PassthroughSource(family) is not { } source)
        {
            yield break;
        }
        yield return (mesh.Packets.OverLoopback(mesh.Proxy, source), source.ToString());
        foreach (var mark in mesh.ProxyMarks)
        {
            yield return (mesh.Packets.OverLoopback(mesh.Proxy with { Mark = mark }, source), $"{source} with mark 0x{mark:x}");
        }
    }
}
