using System.Collections.Immutable;
using RuleCompiler.Diagnostics;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>Connections of the proxy to other hosts that are led back to the proxy.</summary>
internal sealed class RedirectLoopAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor RedirectLoop { get; } = new("IPT4001", DiagnosticSeverity.Error)
    {
        Title = "Redirect loop",
        Message = "What {0} itself sends to other hosts is led back to it, at port {1}, again and again",
        Explanation = """
            The proxy takes a connection at its outbound listener and opens one of its own to the destination. If that one
            is redirected too, the proxy takes it again, opens another, and so on, until it has no ports left. Nothing in
            the kernel stops it. What the proxy sends must return before the redirect: by its user, its group or its mark.

            Where no rule names a user or a group, who the proxy is was taken from the mesh's defaults, and the finding is
            no more than information.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -o lo -m owner --uid-owner 1337 -j RETURN
            [|-A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001|]
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -o lo -m owner ! --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(RedirectLoop, "redirect-loop")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh)
    {
        var port = mesh.Profile.OutboundPort;
        var found = mesh.Proxies.SelectMany(proxy => mesh.Packets.Outbound(proxy))
            .Select(packet => (Packet: packet, Trace: mesh.LedTo(packet, port)))
            .FirstOrDefault(one => one.Trace is not null);
        if (found.Trace is not { } trace || mesh.CaptureOf(trace) is not { } capture)
        {
            yield break;
        }
        var finding = context.FindingAt(RedirectLoop, capture.Decider, mesh.Profile.Proxy, port.Text()) with
        {
            Severity = mesh.AreProxiesTold || mesh.IsGiven ? DiagnosticSeverity.Error : DiagnosticSeverity.Info,
            Given = mesh.AreProxiesTold ? [] : [$"{mesh.Profile.Proxy} runs as {mesh.Profile.Title} has it by default: no rule names its user or group"],
            Properties = [new("cycle", $"{mesh.Listener(port)} -> OUTPUT -> {mesh.Listener(port)}")],
        };
        yield return Show(Blame(context, finding, capture), found.Packet, $"redirected to :{port.Text()}, where it came from");
    }
}
