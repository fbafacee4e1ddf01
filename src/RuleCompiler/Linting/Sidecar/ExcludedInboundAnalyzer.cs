using System.Collections.Immutable;
using RuleCompiler.Diagnostics;
using RuleCompiler.Netfilter;

namespace RuleCompiler.Linting.Sidecar;

/// <summary>What arrives and is spared from capture by a rule, the proxy's own ports aside.</summary>
internal sealed class ExcludedInboundAnalyzer : SidecarAnalyzer
{
    public static DiagnosticDescriptor ExcludedInbound { get; } = new("IPT4005", DiagnosticSeverity.Info)
    {
        Title = "Excluded from inbound capture",
        Message = "What arrives and matches this rule reaches the application without {0}",
        Explanation = """
            A rule returns or accepts connections before those behind it would lead them to the proxy. That is how ports,
            networks and interfaces are left out on purpose; here it is to be seen what is left out.
            """,
        Example = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            [|-A ISTIO_INBOUND -p tcp -m tcp --dport 9300 -j RETURN|]
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
        Corrected = """
            *nat
            :PREROUTING ACCEPT [0:0]
            :ISTIO_INBOUND - [0:0]
            -A PREROUTING -p tcp -j ISTIO_INBOUND
            -A ISTIO_INBOUND -p tcp -j REDIRECT --to-ports 15006
            COMMIT
            """,
    };

    public override ImmutableArray<LintCheck> Checks { get; } = [new(ExcludedInbound, "excluded-inbound")];

    protected override IEnumerable<Finding> Analyze(LintContext context, Mesh mesh) =>
        from spared in mesh.Spared(mesh.Packets.InboundToApplication(), Hook.Prerouting)
        select Show(
            context.FindingAt(ExcludedInbound, spared.Rule, mesh.Profile.Proxy), spared.Packet, "reaches the application uncaptured");
}
