using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>What the application sends to other hosts and a rule spares from capture.</summary>
internal sealed class ExcludedOutboundAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor ExcludedOutbound { get; } = new("IPT4006", DiagnosticSeverity.Info)
    {
        Title = "Excluded from outbound capture",
        Message = "What the application sends and matches this rule leaves without {0}",
        Explanation = """
            A rule returns or accepts connections of the application before those behind it would lead them to the proxy.
            That is how networks, ports and users are left out on purpose; here it is to be seen what is left out.
            """,
        Example = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            [|-A ISTIO_OUTPUT -d 10.0.0.0/8 -j RETURN|]
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
        Corrected = """
            *nat
            :OUTPUT ACCEPT [0:0]
            :ISTIO_OUTPUT - [0:0]
            -A OUTPUT -p tcp -j ISTIO_OUTPUT
            -A ISTIO_OUTPUT -m owner --uid-owner 1337 -j RETURN
            -A ISTIO_OUTPUT -p tcp -j REDIRECT --to-ports 15001
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(ExcludedOutbound, "excluded-outbound")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh) =>
        from spared in mesh.Spared(mesh.Packets.Applications.SelectMany(sender => mesh.Packets.Outbound(sender)), Hook.Output)
        select Show(context.FindingAt(ExcludedOutbound, spared.Rule, mesh.Profile.Proxy), spared.Packet, "leaves uncaptured");
}
